"""
Finishes the sampler's last step and the decoder together, in pixels.

The last step is squared error's answer to what its noise might hide: a mean, soft where things move. So after the flow
loss has said what it can, that one step learns from what is seen: the decoded picture beside the rendered one, edges,
shimmer, seams and a critic. All other noise levels go on with the flow loss, in the same batch. The encoder stays.
"""

import time

import numpy as np
import torch

from .. import checkpoint, config
from ..data.latents import LatentSet, Normaliser
from ..dit.batch import Batch
from ..dit.rope import rope_tables, sinusoid
from ..dit.sample import predict
from ..dit.train import flow_loss
from ..dit.train import load as load_dit
from ..text.train import load as load_text
from ..together import run_together
from ..vae.loss import Quality, reconstruction_loss, show
from ..vae.train import load as load_vae
from .critic import CriticTraining, starts_of_windows, windows
from .halves import Halves
from .late import HELD_BACK, LateClips, last_sigma
from .losses import energy_loss, seam_loss, still_loss, stray_loss


def finish(recipe=config.Finish(), name='finished', dit_name='dit', vae_name='vae', workers=1):
    """Resumes `name`, or starts from `dit_name` and `vae_name`; see Halves.keep for what it leaves behind."""
    torch.set_num_threads(config.THREADS)
    for size, _ in recipe.shapes:
        LateClips(recipe, dit_name, size)  # made once, before the processes part
    run_together(workers, _finish, recipe, name, dit_name, vae_name)


def _finish(crew, recipe, name, dit_name, vae_name):
    halves, look = Halves(recipe, name, dit_name, vae_name), Look(recipe)
    critic = CriticTraining(crew, recipe.critic_rate, halves.critic)
    shapes = [Shape(recipe, dit_name, size, look) for size, _ in recipe.shapes]
    decode, run = torch.compile(halves.vae.decode), torch.compile(halves.dit, dynamic=False)
    draw, turns = np.random.default_rng([halves.step, crew.rank, 3]), np.random.default_rng([halves.step, 4])  # turns are the crew's
    draw_torch = torch.Generator().manual_seed(halves.step * crew.workers + crew.rank)
    due, started, losses = checkpoint.Every(recipe.checkpoint_seconds), time.monotonic(), []
    while halves.step < recipe.steps:
        shape = shapes[turns.choice(len(shapes), p=[share for _, share in recipe.shapes])]
        scene = shape.draw(draw, draw_torch)
        velocity = look.velocity(run, halves.dit, scene)
        cells = scene.cut((scene.late - look.sigma * velocity[:len(scene.late)].float()).detach()).requires_grad_()
        with torch.autocast(config.DEVICE, torch.bfloat16):
            made = decode(look.normaliser.back(cells))[:, :, 3:].float()

        starts = starts_of_windows(made.shape[2], recipe.windows, draw)
        true, shown = windows(scene.truth, starts), made.detach().requires_grad_()
        doubt = critic.learn(true, windows(shown.detach(), starts), halves.step)
        loss = _seen_loss(shown, scene.truth, recipe)
        pull, push = torch.autograd.grad(loss, shown)[0], critic.push(shown, starts, true)
        halves.forget_gradients()
        made.backward(pull + push * recipe.critic * _ratio(pull, push) * halves.warmth)

        flow = flow_loss(velocity[len(scene.late):], scene.flow_velocity, scene.weights, halves.dit.scale, scale_power=2., jumps=1.)
        of_flow, = torch.autograd.grad(flow, velocity, retain_graph=True)
        of_seen = scene.put_back(-look.sigma * cells.grad, torch.zeros_like(velocity))
        velocity.backward(of_flow + of_seen * recipe.seen * _ratio(of_flow, of_seen))
        halves.learn(crew)

        losses.append((loss.item(), doubt, flow.item()))
        if crew.is_first and (due() or halves.step == recipe.steps):
            halves.keep(critic.critic.state_dict(), crew.workers * (recipe.crops + recipe.flow_clips))
            print(f'{halves.step} {(time.monotonic() - started) / (halves.step - halves.began):.3f} s/step loss {np.mean(losses[-200:], 0)}',
                  _measured(name, shapes[0].late, look), flush=True)


class Look:
    """What all shapes share: the words' encoder, the scale of latents, the noise of the sampler's last step."""

    def __init__(self, recipe):
        self.recipe, self.sigma, self.normaliser = recipe, last_sigma(), Normaliser.load()
        self.encoder, self.tokenizer = load_text()

    def velocity(self, run, dit, scene):
        """The compiled transformer's answer to a scene, late clips first: [batch, channels, t, h, w]."""
        c, (count, _, frames, h, w) = dit.config, scene.latents.shape
        cos, sin = rope_tables(frames, h // 4, w // 4, c.head_width, c.text_length)
        none = torch.zeros(count)
        with torch.no_grad(), torch.autocast(config.DEVICE, torch.bfloat16):
            text = self.encoder(scene.tokens)
        with torch.autocast(config.DEVICE, torch.bfloat16):
            return run(scene.latents, torch.zeros_like(scene.latents), torch.zeros(count, c.mask_channels, frames, h, w), scene.sigmas,
                       sinusoid(scene.sigmas), none, sinusoid(none), cos, sin, text)


class Shape:
    """The clips of one size."""

    def __init__(self, recipe, dit_name, size, look):
        self.recipe, self.look = recipe, look
        self.late, self.flows = LateClips(recipe, dit_name, size), LatentSet(size, recipe.frames)

    def draw(self, draw, draw_torch):
        """What one process sees in one step."""
        recipe, look = self.recipe, self.look
        places = [self.late.window(recipe, draw) for _ in range(recipe.crops)]
        batch = Batch(self.flows, recipe.frames, 1., look.normaliser, look.tokenizer, config.DitTraining(), recipe.flow_clips, draw)
        return Scene(self.late, places, recipe.crop_px // 8, batch, batch.noised(config.DitTraining(), recipe.uniform_share, draw_torch), look.sigma)


class Scene:
    """
    One step's clips of one size: `late` [crops, c, t, h, w] at the last sigma, each with a window that is looked at and
    its true pixels `truth`; then the flow loss's clips. `latents`, `sigmas` [batch, t] and `tokens` hold both in a row.
    """

    def __init__(self, late, places, side, batch, noised, sigma):
        noisy, noise, sigmas, self.weights = noised
        chosen = [clip for clip, _, _ in places]
        self._places, self._side = places, side
        self.late, tokens = late.batch(chosen)
        self.truth = self.cut(late.truth(chosen), 8)
        self.flow_velocity = noise - batch.clean
        self.latents = torch.cat([self.late, noisy])
        self.sigmas = torch.cat([torch.full((len(self.late), self.late.shape[2]), sigma), sigmas])
        self.tokens = torch.cat([tokens, batch.tokens])

    def cut(self, clips, scale=1):
        """The windows of [crops, ..., h, w], whose sides are `scale` times the latents'."""
        side = scale * self._side
        return torch.stack([clip[..., scale * y:scale * y + side, scale * x:scale * x + side] for clip, (_, y, x) in zip(clips, self._places)])

    def put_back(self, cut, whole):
        """`whole` with the windows `cut` where they were cut."""
        for row, (_, y, x) in enumerate(self._places):
            whole[row, ..., y:y + self._side, x:x + self._side] = cut[row]
        return whole


def _ratio(of, to):
    """
    What brings the gradient `to` to the size of `of`, whatever the scales of their losses. Source: Esser et al. 2021,
    arXiv:2012.09841, where it holds the critic at a share of the other losses.
    """
    return of.norm() / to.norm().clamp_min(1e-12)


def _seen_loss(made, truth, recipe):
    return (reconstruction_loss(made, truth, recipe) + recipe.energy * energy_loss(made, truth)
            + recipe.still * still_loss(made, truth) + recipe.seam * seam_loss(made, truth) + recipe.stray * stray_loss(made, truth))


@torch.no_grad()
def _measured(name, late, look):
    (dit, _), vae, quality, clips = load_dit(f'dit-{name}'), load_vae(f'vae-{name}'), Quality(), list(range(HELD_BACK))
    latents, tokens = late.batch(clips)
    none, mask = torch.zeros_like(latents), torch.zeros(HELD_BACK, dit.config.mask_channels, *latents.shape[2:])
    with torch.autocast(config.DEVICE, torch.bfloat16):
        velocity = predict(dit, latents, none, mask, torch.full((HELD_BACK, latents.shape[2]), look.sigma), look.encoder(tokens))
        latents = latents - look.sigma * velocity.float()
        for clip in clips:
            quality.add(vae.decode(look.normaliser.back(latents[clip:clip + 1]))[:, :, 3:], late.truth([clip]))
    return show(quality.figures())
