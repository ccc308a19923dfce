"""Trains the judge on renders, most of them passed through the autoencoder, with blur and noise: content, not sharpness."""

import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .. import config
from ..data.clips import render
from ..scene.spec import FIELDS, MOTIONS, sample_spec
from ..vae.model import repeat_first
from ..vae.train import load as load_vae
from .model import LOOKS, SEEN, Judge, looked_at


WEIGHTS = Path(__file__).with_name('judge.npz')
"""Kept in the repository, so that everyone measures with the same judge."""


def load():
    with np.load(WEIGHTS) as stored:
        weights = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored}
    judge = Judge()
    judge.load_state_dict(weights)
    return judge.eval()


def train(recipe=config.JudgeTraining()):
    """Writes the judge to WEIGHTS; its accuracy on clips it never saw is printed."""
    torch.set_num_threads(config.THREADS)
    torch.manual_seed(0)
    looks, labels = _collect(recipe)
    judge, held_back = Judge(), recipe.held_back
    optimizer = torch.optim.AdamW(judge.parameters(), lr=recipe.rate, weight_decay=.02)
    started = time.monotonic()
    for step in range(1, recipe.steps + 1):
        for group in optimizer.param_groups:
            group['lr'] = recipe.rate * min(1, step / 30, 2 * (1.02 - step / recipe.steps))
        index = torch.randint(held_back, len(looks), (recipe.batch,))
        seen, named = _mirrored(looks[index].float(), labels[index])
        guessed = judge(_worsened(seen))
        loss = sum(F.cross_entropy(guessed[f], named[:, i]) for i, f in enumerate(FIELDS))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 200 == 0 or step == recipe.steps:
            judge.eval()
            with torch.no_grad():
                guessed = judge(looks[:held_back].float())
            right = {f: round((guessed[f].argmax(1) == labels[:held_back, i]).float().mean().item(), 3) for i, f in enumerate(FIELDS)}
            judge.train()
            print(f'{step} {time.monotonic() - started:.0f} s loss {loss.item():.3f} held back', right, flush=True)
    np.savez_compressed(WEIGHTS, **{name: weights.half().numpy() for name, weights in judge.state_dict().items()})


def _collect(recipe):
    """(looks float16 [n, LOOKS, 3, h, w], labels [n, fields]); the first `held_back` passed through the autoencoder. Cached."""
    path = config.DATA / 'judge-looks.pt'
    if path.exists():
        return torch.load(path)
    vae, count, labels = load_vae(), recipe.reconstructed + recipe.rendered, []
    looks = torch.empty(count, LOOKS, 3, *SEEN, dtype=torch.float16)  # at once: small pieces between the clips' large ones fragment gigabytes
    for index in range(count):
        spec = sample_spec(config.JUDGE_SEED + index, 'any')
        frames = recipe.lengths[index % len(recipe.lengths)]
        pixels = torch.from_numpy(render(spec, config.SMALL, frames if index >= recipe.reconstructed else recipe.lengths[0]))
        if index < recipe.reconstructed:
            pixels = _through(vae, pixels, noise=.3 * (index % 3) / 2 if index >= recipe.held_back else 0.)
        looks[index] = looked_at(pixels)
        labels.append([FIELDS[f].index(v) for f, v in spec.words().items()])
        if index % 500 == 0:
            print(f'collected {index}', flush=True)
    result = looks, torch.tensor([[row[list(spec.words()).index(f)] for f in FIELDS] for row in labels])
    torch.save(result, path)
    return result


@torch.no_grad()
def _through(vae, pixels, noise=0.):
    """One clip through the autoencoder, its latents noised; uint8 [frames, 3, h, w] to the same range as float."""
    clip = repeat_first(pixels.float().div(127.5).sub(1).transpose(0, 1)[None])
    with torch.autocast(config.DEVICE, torch.bfloat16):
        latents = vae.encode(clip)
        made = vae.decode(latents + noise * torch.randn_like(latents))
    return (made[0, :, 3:].float().clamp(-1, 1).add(1) * 127.5).transpose(0, 1)


def _mirrored(looks, labels):
    """Half of the clips seen in a mirror, where left is right; every other word stays."""
    column, (left, right) = list(FIELDS).index('motion'), (MOTIONS.index('left'), MOTIONS.index('right'))
    chosen, motion = torch.rand(len(looks)) < .5, labels[:, column]
    swapped = torch.where(motion == left, right, torch.where(motion == right, left, motion))
    labels = labels.clone()
    labels[:, column] = torch.where(chosen, swapped, motion)
    return torch.where(chosen[:, None, None, None, None], looks.flip(-1), looks), labels


def _worsened(looks):
    """Blur, half resolution, noise, a little gain: each clip its own."""
    kind = torch.randint(3, ()).item()
    flat = looks.flatten(0, 1)
    if kind == 1:
        flat = F.avg_pool2d(flat, 3, 1, 1)
    if kind == 2:
        flat = F.interpolate(F.avg_pool2d(flat, 2), scale_factor=2, mode='bilinear')
    looks = flat.view_as(looks)
    shape = (len(looks), 1, 1, 1, 1)
    return (looks * (1 + .1 * (torch.rand(shape) - .5)) + .06 * torch.rand(shape) * torch.randn_like(looks)).clamp(0, 1)
