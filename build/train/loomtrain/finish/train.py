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
from ..dit.train import flow_loss, new_optimizers
from ..dit.train import load as load_dit
from ..text.train import load as load_text
from ..together import run_together
from ..vae.loss import Quality, reconstruction_loss, show
from ..vae.train import load as load_vae
from ..vae.train import new_vae
from .critic import CriticTraining, starts_of_windows, windows
from .late import HELD_BACK, LateClips, last_sigma
from .losses import energy_loss, seam_loss, still_loss


def finish(recipe=config.Finish(), name='finished', dit_name='dit', vae_name='vae', workers=1):
    """
    Resumes `name`, or starts from `dit_name` and `vae_name`. Keeps the two halves as dit-NAME and vae-NAME, which every
    other stage can load, and what it needs to go on as NAME.
    """
    torch.set_num_threads(config.THREADS)
    LateClips(recipe, dit_name)  # made once, before the processes part
    run_together(workers, _finish, recipe, name, dit_name, vae_name)


def _finish(crew, recipe, name, dit_name, vae_name):
    late, flows, normaliser, (encoder, tokenizer) = LateClips(recipe, dit_name), LatentSet(recipe.size, recipe.frames), Normaliser.load(), load_text()
    (dit, begun), vae, state = load_dit(dit_name), load_vae(vae_name), checkpoint.load(name)
    if state:
        dit.load_state_dict(state['dit'])
        vae.load_state_dict(state['vae'])
    for parameter in vae.encoder_parameters():
        parameter.requires_grad_(False)
    averages = [checkpoint.Average(module, decay, state[f'{part}_average'] if state else None)
                for part, module, decay in (('dit', dit, recipe.dit_ema), ('vae', vae, recipe.ema))]
    learned, dit_learned = vae.decoder_parameters(), list(dit.parameters())
    optimizers = [(torch.optim.AdamW(learned, lr=recipe.rate, betas=(.9, .95), weight_decay=1e-4, fused=True), 1.),
                  *((o, recipe.dit_rate) for o in new_optimizers(dit, config.DitTraining()))]
    for optimizer, share in optimizers:
        for group in optimizer.param_groups:
            group['peak'] = share * group['lr']
    critic = CriticTraining(crew, recipe.critic_rate, (state or checkpoint.load(vae_name)).get('critic'))
    decode, run = torch.compile(vae.decode), torch.compile(dit, dynamic=False)
    step = began = state['step'] if state else 0
    draw, draw_torch = np.random.default_rng([step, crew.rank, 3]), torch.Generator().manual_seed(step * crew.workers + crew.rank)
    due, started, losses, sigma, side = checkpoint.Every(recipe.checkpoint_seconds), time.monotonic(), [], last_sigma(), recipe.crop_px // 8

    def keep():
        (dit_average, vae_average), so_far = (a.state(m) for a, m in zip(averages, (dit, vae))), critic.critic.state_dict()
        checkpoint.save(name, dit=dit.state_dict(), vae=vae.state_dict(), dit_average=dit_average, vae_average=vae_average, step=step, critic=so_far)
        views = begun['views'] + step * crew.workers * (recipe.crops + recipe.flow_clips)
        checkpoint.save(f'dit-{name}', weights=dit.state_dict(), average=dit_average, step=begun['step'] + step, views=views)
        checkpoint.save(f'vae-{name}', weights=vae.state_dict(), average=vae_average, step=step, critic=so_far)
        print(f'{step} {(time.monotonic() - started) / max(1, step - began):.3f} s/step loss {np.mean(losses[-200:], 0)}',
              _measured(load_dit(f'dit-{name}')[0], load_vae(f'vae-{name}'), late, encoder, normaliser, sigma), flush=True)

    while step < recipe.steps:
        for optimizer, _ in optimizers:
            for group in optimizer.param_groups:
                group['lr'] = group['peak'] * min(1, (step - began + 1) / recipe.warm_up) * (1.02 - step / recipe.steps)
        places = [late.window(recipe, draw) for _ in range(recipe.crops)]
        chosen = [clip for clip, _, _ in places]
        latents, tokens = late.batch(chosen)
        batch = Batch(flows, recipe.frames, 1., normaliser, tokenizer, config.DitTraining(), recipe.flow_clips, draw)
        noisy, noise, sigmas, weights = batch.noised(config.DitTraining(), recipe.uniform_share, draw_torch)
        sigmas = torch.cat([torch.full((len(latents), latents.shape[2]), sigma), sigmas])
        velocity = _velocity(run, dit, encoder, torch.cat([latents, noisy]), sigmas, torch.cat([tokens, batch.tokens]))

        cut = lambda x, scale=1: torch.stack([one[..., scale * y:scale * (y + side), scale * x0:scale * (x0 + side)] for one, (_, y, x0) in zip(x, places)])
        cells = cut((latents - sigma * velocity[:len(latents)].float()).detach()).requires_grad_()
        with torch.autocast(config.DEVICE, torch.bfloat16):
            made = decode(normaliser.back(cells))[:, :, 3:].float()
        truth, starts = cut(late.truth(chosen), 8), starts_of_windows(made.shape[2], recipe.windows, draw)
        true, shown = windows(truth, starts), made.detach().requires_grad_()
        doubt = critic.learn(true, windows(shown.detach(), starts), step)
        loss = _seen_loss(shown, truth, recipe)
        pull, push = torch.autograd.grad(loss, shown)[0], critic.push(shown, starts, true)
        push *= recipe.critic * _ratio(pull, push) * min(1, (step - began) / recipe.warm_up)
        for optimizer, _ in optimizers:
            optimizer.zero_grad()
        made.backward(pull + push)

        flow = flow_loss(velocity[len(latents):], noise - batch.clean, weights, dit.scale, scale_power=2., jumps=1.)
        of_flow, = torch.autograd.grad(flow, velocity, retain_graph=True)
        of_seen = torch.zeros_like(velocity)
        for row, (_, y, x) in enumerate(places):
            of_seen[row, ..., y:y + side, x:x + side] = -sigma * cells.grad[row]
        velocity.backward(of_flow + of_seen * recipe.seen * _ratio(of_flow, of_seen))
        for parameters in (learned, dit_learned):
            crew.mean_gradients(parameters)
            torch.nn.utils.clip_grad_norm_(parameters, 1.)
        for optimizer, _ in optimizers:
            optimizer.step()
        for average, module in zip(averages, (dit, vae)):
            average.update(module)
        step += 1
        losses.append((loss.item(), doubt, flow.item()))
        if crew.is_first and (due() or step == recipe.steps):
            keep()


def _velocity(run, dit, encoder, latents, sigmas, tokens):
    c, (count, _, frames, h, w) = dit.config, latents.shape
    cos, sin = rope_tables(frames, h // 4, w // 4, c.head_width, c.text_length)
    none = torch.zeros(count)
    with torch.no_grad(), torch.autocast(config.DEVICE, torch.bfloat16):
        text = encoder(tokens)
    with torch.autocast(config.DEVICE, torch.bfloat16):
        return run(latents, torch.zeros_like(latents), torch.zeros(count, c.mask_channels, frames, h, w), sigmas, sinusoid(sigmas),
                   none, sinusoid(none), cos, sin, text)


def _ratio(of, to):
    """
    What brings the gradient `to` to the size of `of`, whatever the scales of their losses. Source: Esser et al. 2021,
    arXiv:2012.09841, where it holds the critic at a share of the other losses.
    """
    return of.norm() / to.norm().clamp_min(1e-12)


def _seen_loss(made, truth, recipe):
    return (reconstruction_loss(made, truth, recipe) + recipe.energy * energy_loss(made, truth)
            + recipe.still * still_loss(made, truth) + recipe.seam * seam_loss(made, truth))


@torch.no_grad()
def _measured(dit, vae, late, encoder, normaliser, sigma):
    quality, clips = Quality(), list(range(HELD_BACK))
    latents, tokens = late.batch(clips)
    none, mask = torch.zeros_like(latents), torch.zeros(HELD_BACK, dit.config.mask_channels, *latents.shape[2:])
    with torch.autocast(config.DEVICE, torch.bfloat16):
        velocity = predict(dit, latents, none, mask, torch.full((HELD_BACK, latents.shape[2]), sigma), encoder(tokens))
        latents = latents - sigma * velocity.float()
        for clip in clips:
            quality.add(vae.decode(normaliser.back(latents[clip:clip + 1]))[:, :, 3:], late.truth([clip]))
    return show(quality.figures())
