"""Trains the autoencoder on crops of rendered clips: encoder and decoder together, latents lightly noised."""

import math
import time

import numpy as np
import torch

from .. import checkpoint, config
from ..data.clips import ensure_pool
from . import klt
from .loss import Quality, reconstruction_loss, show
from .model import Vae, repeat_first

HELD_BACK = 12  # clips per pool that are only measured


def load(name='vae', vae_config=None):
    """The trained autoencoder under `name` (averaged weights), in evaluation mode."""
    state = checkpoint.load(name)
    vae = new_vae(vae_config or config.VaeConfig())
    vae.load_state_dict(state['average'])
    return vae.eval().to(memory_format=torch.channels_last)


def new_vae(vae_config):
    zeros = (torch.zeros(768), torch.zeros(768, vae_config.channels), torch.ones(vae_config.channels))
    return Vae(vae_config, zeros)


def train(recipe=config.VaeTraining(), vae_config=config.VaeConfig(), name='vae', start=None):
    """Runs to `recipe.steps`, resuming from the last checkpoint; `start` names a checkpoint to begin from."""
    torch.set_num_threads(config.THREADS)
    torch.manual_seed(0)
    pools = [ensure_pool('vae', size, recipe.pool_frames, count, config.TRAIN_SEED)[0] for size, count in recipe.pools]
    vae = new_vae(vae_config).to(memory_format=torch.channels_last)
    state = checkpoint.load(name) or (checkpoint.load(start) if start else None)
    step = 0
    if state:
        vae.load_state_dict(state['weights'])
        step = state['step'] if checkpoint.path_of(name).exists() else 0
    else:
        fitted = klt.fit_klt(pools[0], vae_config)
        torch.save(fitted, klt.path())
        vae = Vae(vae_config, klt.for_vae(fitted, vae_config.channels)).to(memory_format=torch.channels_last)
    average = checkpoint.Average(vae, recipe.ema, state['average'] if state else None)
    optimizer = torch.optim.AdamW(vae.parameters(), lr=recipe.rate, betas=(.9, .95), weight_decay=1e-4, fused=True)
    if state and 'optimizer' in state and step:
        optimizer.load_state_dict(state['optimizer'])
    draw = np.random.default_rng([1, step])
    encode, decode = torch.compile(vae.encode), torch.compile(vae.decode)  # a quarter faster on two cores
    keep = lambda: checkpoint.save(name, weights=vae.state_dict(), average=average.state(vae), optimizer=optimizer.state_dict(), step=step)
    due, started, losses = checkpoint.Every(recipe.checkpoint_seconds), time.monotonic(), []
    print(f'{sum(p.numel() for p in vae.parameters()) / 1e6:.2f} M parameters, from step {step}:', show(measure(vae, pools)), flush=True)
    began = step
    while step < recipe.steps:
        share = step / recipe.steps
        for group in optimizer.param_groups:
            group['lr'] = recipe.rate * min(1, (step - began + 1) / 50) * _decay(share, recipe.decay_from)
        crops = torch.stack([_crop(pools, recipe, draw) for _ in range(recipe.crops)])
        truth = repeat_first(crops.float().div(127.5).sub(1))
        with torch.autocast(config.DEVICE, torch.bfloat16):
            latents = encode(truth)
            level = recipe.noise if share < recipe.noise_from else recipe.noise_late * torch.rand(len(latents), 1, 1, 1, 1)
            made = decode(latents + level * torch.randn_like(latents))
        loss = reconstruction_loss(made.float()[:, :, 3:], truth[:, :, 3:], recipe)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(vae.parameters(), 1.)
        optimizer.step()
        average.update(vae)
        step += 1
        losses.append(loss.item())
        if due() or step == recipe.steps:
            keep()
            averaged = new_vae(vae_config)
            averaged.load_state_dict(average.state(vae))
            pace = (time.monotonic() - started) / (step - began)
            print(f'{step} {pace:.3f} s/step loss {np.mean(losses[-200:]):.4f}', show(measure(averaged, pools)), flush=True)


@torch.no_grad()
def measure(vae, pools, batch=4):
    """Figures on the held-back clips of every pool, all sizes together."""
    quality = Quality()
    vae.eval()
    for pool in pools:
        for start in range(len(pool) - HELD_BACK, len(pool), batch):
            truth = repeat_first(torch.from_numpy(pool[start:start + batch]).float().div(127.5).sub(1).transpose(1, 2))
            with torch.autocast(config.DEVICE, torch.bfloat16):
                made = vae.decode(vae.encode(truth))
            quality.add(made[:, :, 3:], truth[:, :, 3:])
    vae.train()
    return quality.figures()


def _decay(share, start):
    return 1. if share < start else .505 + .495 * math.cos(math.pi * min(1, (share - start) / (1 - start)))


def _crop(pools, recipe, draw):
    """uint8 [3, frames, px, px]; often the busiest of a few, sometimes with unknown pixels greyed."""
    best, best_score = None, -1.
    for _ in range(recipe.busiest_of if draw.random() < recipe.busy_share else 1):
        pool = pools[draw.integers(len(pools))]
        clip = draw.integers(len(pool) - HELD_BACK)
        y, x = (4 * draw.integers((side - recipe.crop_px) // 4 + 1) for side in pool.shape[-2:])
        t = draw.integers(pool.shape[1] - recipe.crop_frames + 1)
        crop = pool[clip, t:t + recipe.crop_frames, :, y:y + recipe.crop_px, x:x + recipe.crop_px]
        thin = crop[::4, :, ::2, ::2].astype(np.int16)
        score = np.abs(np.diff(thin, axis=-1)).mean() + 2 * np.abs(np.diff(thin, axis=0)).mean()
        if score > best_score:
            best, best_score = crop, score
    best = best.copy()
    if draw.random() < recipe.grey_share:
        _grey_out(best, draw)
    return torch.from_numpy(best).transpose(0, 1)


def _grey_out(crop, draw):
    """What conditioning encodes: a rectangle of, or whole, frames at mid grey."""
    frames, _, height, width = crop.shape
    if draw.random() < .5:
        known = draw.random(frames) < .5
        crop[~known] = 128
    else:
        top, left = draw.integers(height), draw.integers(width)
        crop[:, :, top:top + draw.integers(8, height), left:left + draw.integers(8, width)] = 128
