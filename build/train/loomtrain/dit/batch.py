"""One training batch: clips of one size and length with their captions, tasks and noise."""

import numpy as np
import torch

from ..words.captions import any_caption
from .conditioning import FIRST_SHARE, PREFIX_SHARE, known_map, latent_frames, mask_channels, prefix_length


class Batch:
    """
    clean, condition [batch, c, t, h, w], normalised; mask [batch, 4, t, h, w]; cover [batch, 1, t, h, w] in [0, 1];
    prefix bool [batch, t]; tokens int64 [batch, 32].
    """

    def __init__(self, latent_set, frames, text_share, normaliser, tokenizer, recipe, size, draw):
        """The first `frames` frames of `size` clips of a set; `text_share` of them are given nothing but words."""
        rows = [self._clip(latent_set, frames, text_share, draw) for _ in range(size)]
        stack = lambda i: torch.from_numpy(np.stack([row[i] for row in rows]))
        self.clean = normaliser(stack(0))
        self.cover = stack(1).float().div(255)[:, None]
        self.mask = stack(3).float()
        known = self.mask.amax((1, 3, 4), keepdim=True) > 0
        self.condition = torch.where(known, normaliser(stack(2)), torch.zeros(()))
        self.prefix = torch.from_numpy(prefix_length(self.mask.numpy()))[:, None] > torch.arange(self.clean.shape[2])
        empty = tokenizer('').ids
        self.tokens = torch.tensor([
            empty if draw.random() < recipe.empty_share else tokenizer(any_caption(row[4], draw)).ids for row in rows])

    @staticmethod
    def _clip(latent_set, frames, text_share, draw):
        """(latents, cover, condition, mask, spec) of a random clip under a random task, cut to `frames`."""
        is_text, task, count = draw.random() < text_share, draw.random(), latent_frames(frames)
        needs_variant = not is_text and task >= FIRST_SHARE + PREFIX_SHARE
        index = latent_set.random_index(draw, needs_variant)
        latents, cover, spec = latent_set.clip(index)
        latents, cover = latents[:, :count], cover[:count]
        if needs_variant:
            condition, mask = latent_set.variant(index)
            return latents, cover, condition[:, :count], mask[:, :count], spec
        if is_text:
            mask = np.zeros((4, *cover.shape), np.uint8)
        else:
            known = known_map('first' if task < FIRST_SHARE else 'prefix', frames, *cover.shape[1:], draw)
            mask = mask_channels(known).astype(np.uint8)
        return latents, cover, latents, mask, spec

    def noised(self, recipe, uniform_share, draw_torch):
        """
        (noisy latents, noise, sigma [batch, t], weights [batch, 1, t, h, w]).

        Time is logit-normal shifted by 3, where the caption decides the layout, but for `uniform_share`, without which
        small noise is never learned and pictures stay speckled (EMBEDDED_PACK_RUN.md 2).
        """
        size, _, frames = self.clean.shape[:3]
        bell = torch.sigmoid(torch.randn(size, generator=draw_torch))
        bell = recipe.shift * bell / (1 + (recipe.shift - 1) * bell)
        flat = torch.rand(size, generator=draw_torch) * .98 + .01
        s = torch.where(torch.rand(size, generator=draw_torch) < uniform_share, flat, bell)
        held = recipe.prefix_sigma * torch.rand(size, generator=draw_torch) * (torch.rand(size, generator=draw_torch) < .6)
        sigma = torch.where(self.prefix, held[:, None], s[:, None].expand(-1, frames))
        wide = sigma[:, None, :, None, None]
        noise = torch.randn(self.clean.shape, generator=draw_torch)
        noisy = (1 - wide) * self.clean + wide * noise
        given = self.mask.amin(1, keepdim=True)
        weights = (1 + recipe.subject_weight * (self.cover > .02)) * (1 - (1 - recipe.given_weight) * given)
        weights = torch.where(self.prefix[:, None, :, None, None], torch.zeros(()), weights)
        return noisy, noise, sigma, weights
