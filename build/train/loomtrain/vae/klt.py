"""The linear transform under the autoencoder: the KLT (principal components) of causal space-time patches."""

import torch

from .. import config
from .model import repeat_first

STORED = 64


def fit_klt(clips, vae_config, count=160):
    """`clips`: uint8 [n, frames, 3, h, w]. Returns (mean [768], basis [768, 64], variances [64]), largest first."""
    p, f = vae_config.patch, vae_config.frames_per_latent
    size = f * 3 * p * p
    total, outer, seen = torch.zeros(size, dtype=torch.float64), torch.zeros(size, size, dtype=torch.float64), 0
    for index in range(min(count, len(clips))):
        pixels = repeat_first(torch.from_numpy(clips[index]).float().div(127.5).sub(1).transpose(0, 1)[None])
        n = pixels.shape[2] // f
        frames = pixels.transpose(1, 2).reshape(n, f * 3, *pixels.shape[-2:])
        rows = torch.nn.functional.pixel_unshuffle(frames, p).permute(0, 2, 3, 1).reshape(-1, size)
        total += rows.sum(0).double()
        outer += (rows.T @ rows).double()
        seen += len(rows)
    mean = total / seen
    variances, basis = torch.linalg.eigh(outer / seen - mean[:, None] * mean)
    order = torch.argsort(variances, descending=True)[:STORED]
    return mean.float(), basis[:, order].float(), variances[order].clamp(min=1e-8).float()


def for_vae(klt, channels):
    mean, basis, variances = klt
    return mean, basis[:, :channels], variances[:channels].sqrt()


def path():
    return config.DATA / 'klt.pt'
