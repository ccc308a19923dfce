"""
What the sampler hands its last step: clips noised to a middle sigma and brought down by the transformer with their own
caption. What comes back still shows the same clip, so the clip's pixels are what the last step should have painted.

White noise on the latents already takes most grain out of generated clips (EMBEDDED_PACK_RUN.md 3: flicker 5.6 to 4.9);
the real error is not white.
"""

import numpy as np
import torch

from .. import config
from ..data.clips import render
from ..data.latents import LatentSet, Normaliser
from ..dit.sample import predict, sigmas
from ..dit.train import load as load_dit
from ..text.train import load as load_text
from ..words.captions import any_caption

HELD_BACK = 8  # clips that are only measured


def last_sigma(use=config.Shipped()):
    return sigmas(use.steps, use.shift).tolist()[-2]


class LateClips:
    """
    Clips of one size, made once and kept on disk: latents [n, c, t, h, w] at the last sigma, tokens int64 [n, 32],
    pixels uint8 [n, 3, frames, H, W].
    """

    def __init__(self, recipe, dit_name, size):
        base = config.DATA / 'clips' / f'late-{dit_name}-{size[0]}x{size[1]}'
        paths = [base.with_suffix(f'.{part}.npy') for part in ('latents', 'tokens', 'pixels')]
        if not all(path.exists() for path in paths):
            for path, part in zip(paths, _made(recipe, dit_name, size)):
                partial = path.with_suffix('.partial.npy')
                np.save(partial, part)
                partial.rename(path)
        self.latents, self.tokens, self.pixels = (np.load(path, mmap_mode='r') for path in paths)

    def batch(self, chosen):
        """(latents float, tokens) of the clips `chosen`."""
        return torch.from_numpy(self.latents[chosen].astype(np.float32)), torch.from_numpy(self.tokens[chosen])

    def truth(self, chosen):
        """Pixels float [n, 3, frames, H, W] in [-1, 1]."""
        return torch.from_numpy(self.pixels[chosen]).float().div(127.5).sub(1)

    def window(self, recipe, draw):
        """(clip, y, x) of a window of cells to look at, often where something moves."""
        best, best_score = None, -1.
        side = recipe.crop_px // 8
        for _ in range(recipe.busiest_of if draw.random() < recipe.busy_share else 1):
            clip = int(draw.integers(HELD_BACK, len(self.latents)))
            y, x = (2 * int(draw.integers((extent - side) // 2 + 1)) for extent in self.latents.shape[-2:])
            thin = self.pixels[clip, :, ::4, 8 * y:8 * (y + side):2, 8 * x:8 * (x + side):2].astype(np.int16)
            score = np.abs(np.diff(thin, axis=-1)).mean() + 2 * np.abs(np.diff(thin, axis=1)).mean()
            if score > best_score:
                best, best_score = (clip, y, x), score
        return best


def _made(recipe, dit_name, size):
    (dit, _), (encoder, tokenizer) = load_dit(dit_name), load_text()
    latent_set, normaliser, draw = LatentSet(size, recipe.frames), Normaliser.load(), np.random.default_rng(21)
    latents, tokens, pixels = [], [], []
    empty = encoder(torch.tensor([tokenizer('').ids])).detach().expand(recipe.late_batch, -1, -1)
    for start in range(0, recipe.clips, recipe.late_batch):
        rows = [latent_set.clip(int(draw.integers(len(latent_set)))) for _ in range(recipe.late_batch)]
        clean = normaliser(torch.from_numpy(np.stack([clip for clip, _, _ in rows])))
        ids = torch.tensor([tokenizer(any_caption(spec, draw)).ids for _, _, spec in rows])
        made = _brought_down(dit, clean, encoder(ids).detach(), empty, float(draw.uniform(*recipe.sigma)))
        latents.append(made.half().numpy())
        tokens.append(ids.numpy())
        pixels += [render(spec, size, recipe.frames).transpose(1, 0, 2, 3) for _, _, spec in rows]
        if start % (10 * recipe.late_batch) == 0:
            print(f'late clips: {start + recipe.late_batch} of {recipe.clips}', flush=True)
    return np.concatenate(latents), np.concatenate(tokens), np.stack(pixels)


@torch.no_grad()
def _brought_down(dit, clean, text, empty, sigma, use=config.Shipped()):
    """Noise to `sigma`, then the pack's own steps from there to the last sigma, guidance and all."""
    x = (1 - sigma) * clean + sigma * torch.randn_like(clean)
    last = last_sigma(use)
    schedule = [sigma, *(s for s in sigmas(use.steps, use.shift).tolist() if last - 1e-6 <= s < sigma - .02)]
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
