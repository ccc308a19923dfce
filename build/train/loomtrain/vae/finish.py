"""
Finishes the decoder on what the transformer really makes: the encoder stays, the latents carry the transformer's errors.

White noise on the latents already takes most grain out of generated clips (EMBEDDED_PACK_RUN.md 3: flicker 5.6 to 4.9).
The real error is not white. A clip's latents are noised to a middle sigma and brought back by the transformer with
its own caption: what comes back still shows the same clip, so the clip's pixels are the target.
"""

import time

import numpy as np
import torch

from .. import checkpoint, config
from ..data.clips import render
from ..data.latents import LatentSet, Normaliser
from ..dit.sample import predict, sigmas
from ..dit.train import load as load_dit
from ..text.train import load as load_text
from ..together import run_together
from ..words.captions import any_caption
from .critic import CriticTraining, starts_of_windows, windows
from .finish_loss import energy_loss, seam_loss, still_loss
from .loss import Quality, reconstruction_loss, show
from .train import load, new_vae


def finish(recipe=config.DecoderFinish(), name='vae-finished', source='vae', dit_name='dit', workers=1):
    """Resumes `name`, or starts from `source`; the pairs are made once and kept on disk."""
    torch.set_num_threads(config.THREADS)
    pairs = [_pairs(recipe, size, frames, count, dit_name) for size, frames, count in recipe.pairs]
    run_together(workers, _finish, recipe, pairs, name, source)


def _finish(crew, recipe, pairs, name, source):
    normaliser, state = Normaliser.load(), checkpoint.load(name)
    vae = new_vae(config.VaeConfig()).to(memory_format=torch.channels_last)
    vae.load_state_dict(state['weights'] if state else load(source).state_dict())
    for parameter in vae.encoder_parameters():
        parameter.requires_grad_(False)
    step, learned = (state['step'] if state else 0), vae.decoder_parameters()
    average = checkpoint.Average(vae, recipe.ema, state['average'] if state else None)
    optimizer = torch.optim.AdamW(learned, lr=recipe.rate, betas=(.9, .95), weight_decay=1e-4, fused=True)
    critic = CriticTraining(crew, recipe.critic_rate, (state or checkpoint.load(source)).get('critic'))
    decode, draw = torch.compile(vae.decode), np.random.default_rng([step, crew.rank])
    due, started, began, losses = checkpoint.Every(recipe.checkpoint_seconds), time.monotonic(), step, []
    if crew.is_first:
        print(f'from step {step}:', _measured(vae, pairs, normaliser), flush=True)
    while step < recipe.steps:
        for group in optimizer.param_groups:
            group['lr'] = recipe.rate * min(1, (step - began + 1) / 50) * (1.02 - step / recipe.steps)
        latents, truth = zip(*(_crop(pairs, recipe, draw) for _ in range(crew.share_of(recipe.crops))))
        latents, truth = torch.stack(latents), torch.stack(truth).float().div(127.5).sub(1)
        with torch.autocast(config.DEVICE, torch.bfloat16):
            made = decode(normaliser.back(latents))[:, :, 3:].float()
        starts = starts_of_windows(made.shape[2], recipe.windows, draw)
        true = windows(truth, starts)
        doubt = critic.learn(true, windows(made.detach(), starts), step)
        shown = made.detach().requires_grad_()
        loss = _plain_loss(shown, truth, recipe)
        pull, push = torch.autograd.grad(loss, shown)[0], critic.push(shown, starts, true)
        # The critic's push is kept at a share of the other losses' pull, whatever their scales. Source: Esser et al. 2021, arXiv:2012.09841.
        push *= recipe.critic * pull.norm() / push.norm().clamp_min(1e-12) * min(1, (step - began) / recipe.critic_warm_up)
        optimizer.zero_grad()
        made.backward(pull + push)
        crew.mean_gradients(learned)
        torch.nn.utils.clip_grad_norm_(learned, 1.)
        optimizer.step()
        average.update(vae)
        step += 1
        losses.append((loss.item(), doubt))
        if crew.is_first and (due() or step == recipe.steps):
            checkpoint.save(name, weights=vae.state_dict(), average=average.state(vae), step=step, critic=critic.critic.state_dict())
            averaged = new_vae(config.VaeConfig())
            averaged.load_state_dict(average.state(vae))
            pace = (time.monotonic() - started) / (step - began)
            print(f'{step} {pace:.3f} s/step loss {np.mean(losses[-200:], 0)}', _measured(averaged, pairs, normaliser), flush=True)


def _plain_loss(made, truth, recipe):
    return (reconstruction_loss(made, truth, recipe) + recipe.energy * energy_loss(made, truth)
            + recipe.still * still_loss(made, truth) + recipe.seam * seam_loss(made, truth))


def _pairs(recipe, size, frames, count, dit_name):
    """(latents as the transformer brought them back, fp16 [n, c, t, h, w]; pixels uint8 [n, 3, frames, H, W]) on disk."""
    base = config.DATA / 'clips' / f'pairs-{dit_name}-{size[0]}x{size[1]}x{frames}'
    if not base.with_suffix('.pixels.npy').exists():
        latent_set, normaliser, (dit, _), (encoder, tokenizer) = LatentSet(size, recipe.stored), Normaliser.load(), load_dit(dit_name), load_text()
        draw, made, pixels = np.random.default_rng(12), [], []
        empty = encoder(torch.tensor([tokenizer('').ids])).detach().expand(recipe.pair_batch, -1, -1)
        for start in range(0, count, recipe.pair_batch):
            rows = [latent_set.clip(int(draw.integers(len(latent_set)))) for _ in range(recipe.pair_batch)]
            clean = normaliser(torch.from_numpy(np.stack([r[0][:, :1 + frames // 4] for r in rows])))
            text = encoder(torch.tensor([tokenizer(any_caption(r[2], draw)).ids for r in rows])).detach()
            sigma = float(draw.uniform(*recipe.sigma))
            made.append(_brought_back(dit, clean, text, empty, sigma).half().numpy())
            pixels += [render(r[2], size, recipe.stored)[:frames].transpose(1, 0, 2, 3) for r in rows]
            if start % (10 * recipe.pair_batch) == 0:
                print(f'pairs {size[0]}x{size[1]}: {start + recipe.pair_batch} of {count}', flush=True)
        np.save(base.with_suffix('.latents.npy'), np.concatenate(made))
        np.save(base.with_suffix('.pixels.npy'), np.stack(pixels))
    return np.load(base.with_suffix('.latents.npy'), mmap_mode='r'), np.load(base.with_suffix('.pixels.npy'), mmap_mode='r')


@torch.no_grad()
def _brought_back(dit, clean, text, empty, sigma, use=config.Shipped()):
    """Noise to `sigma`, then the steps from there down that the pack's users take, guidance and all."""
    x = (1 - sigma) * clean + sigma * torch.randn_like(clean)
    schedule = [sigma, *(s for s in sigmas(use.steps, use.shift).tolist() if s < sigma - .02)]
    none = torch.zeros_like(clean)
    mask = torch.zeros(len(clean), dit.config.mask_channels, *clean.shape[2:])
    velocity = lambda now, words: predict(dit, x, none, mask, torch.full((len(x), x.shape[2]), now), words).float()
    for now, after in zip(schedule[:-1], schedule[1:]):
        with torch.autocast(config.DEVICE, torch.bfloat16):
            v = velocity(now, text)
            if now > use.guide_above:
                untold = velocity(now, empty)
                v = untold + use.guidance * (v - untold)
        x = x + (after - now) * v
    return x


def _crop(pairs, recipe, draw):
    """Latents [c, t, 8k, 8k] and the pixels under them, from the start of a clip; often where something moves."""
    best, best_score = None, -1.
    for _ in range(recipe.busiest_of if draw.random() < recipe.busy_share else 1):
        latents, pixels = pairs[draw.integers(len(pairs))]
        clip = draw.integers(HELD_BACK, len(latents))
        side = recipe.crop_px // 8
        y, x = (2 * int(draw.integers((extent - side) // 2 + 1)) for extent in latents.shape[-2:])
        seen = pixels[clip, :, :, 8 * y:8 * (y + side), 8 * x:8 * (x + side)]
        thin = seen[:, ::4, ::2, ::2].astype(np.int16)
        score = np.abs(np.diff(thin, axis=-1)).mean() + 2 * np.abs(np.diff(thin, axis=1)).mean()
        if score > best_score:
            best, best_score = (latents[clip, :, :, y:y + side, x:x + side], seen), score
    return torch.from_numpy(best[0].astype(np.float32)), torch.from_numpy(best[1].copy())


HELD_BACK = 8  # pairs per size that are only measured


@torch.no_grad()
def _measured(vae, pairs, normaliser):
    quality = Quality()
    for latents, pixels in pairs:
        for index in range(HELD_BACK):
            with torch.autocast(config.DEVICE, torch.bfloat16):
                made = vae.decode(normaliser.back(torch.from_numpy(latents[index:index + 1].astype(np.float32))))[:, :, 3:]
            quality.add(made, torch.from_numpy(pixels[index:index + 1].copy()).float().div(127.5).sub(1))
    return show(quality.figures())
