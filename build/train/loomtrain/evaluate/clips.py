"""Where the gate's clips come from: the torch models, or frames that the shipped pipeline wrote."""

import json
from pathlib import Path

import numpy as np
import torch

from .. import config
from ..data.latents import Normaliser
from ..dit.sample import sample
from ..dit.train import load as load_dit
from ..text.train import load as load_text
from ..vae.train import load as load_vae


class Generator:
    """The whole torch pipeline, prompt to frames, in bf16."""

    def __init__(self, dit_name='dit', vae_name='vae'):
        self.encoder, self.tokenizer = load_text()
        self.dit, self.state = load_dit(dit_name)
        self.vae, self.normaliser = load_vae(vae_name), Normaliser.load()

    @torch.no_grad()
    def latents(self, rows, size, frames, batch=16, **options):
        """Normalised latents of every row (prompt, seed)."""
        width, height = size
        made = []
        for start in range(0, len(rows), batch):
            part = rows[start:start + batch]
            shape = (self.dit.config.channels, 1 + frames // 4, height // 8, width // 8)
            noise = torch.stack([torch.randn(shape, generator=torch.Generator().manual_seed(noise_seed(row))) for row in part])
            text = self.encoder(torch.tensor([self.tokenizer(row['prompt']).ids for row in part]))
            empty = self.encoder(torch.tensor([self.tokenizer('').ids])).expand(len(part), -1, -1)
            with torch.autocast(config.DEVICE, torch.bfloat16):
                made.append(sample(self.dit, noise, text, empty, **options))
        return torch.cat(made)

    @torch.no_grad()
    def decoded(self, latents, batch=4):
        """Clips as float [frames, 3, h, w] in [0, 1]."""
        clips = []
        for start in range(0, len(latents), batch):
            with torch.autocast(config.DEVICE, torch.bfloat16):
                pixels = self.vae.decode(self.normaliser.back(latents[start:start + batch]))
            clips += list(pixels[:, :, 3:].float().clamp(-1, 1).add(1).div(2).transpose(1, 2))
        return clips

    def clips(self, rows, size, frames, **options):
        return self.decoded(self.latents(rows, size, frames, **options))


def noise_seed(row):
    """The noise of a row: the seed alone, as in the app, so equal seeds share their noise across prompts."""
    return 1000 + row['seed']


def read_frames(folder, rows):
    """
    Clips that the app wrote: raw RGB24 files and an index.json listing prompt, seed, width, height, frames, file.
    Returns (clips in the order of `rows`, size). Refuses a set that misses a row.
    """
    folder = Path(folder)
    index = json.loads((folder / 'index.json').read_text())
    entries = {(e['prompt'], e['seed']): e for e in (index['clips'] if isinstance(index, dict) else index)}
    missing = [row['prompt'] for row in rows if (row['prompt'], row['seed']) not in entries]
    if missing:
        raise SystemExit(f'{folder}: {len(missing)} of {len(rows)} clips are missing, the first: {missing[0]!r}')
    clips = []
    for row in rows:
        e = entries[row['prompt'], row['seed']]
        raw = np.fromfile(folder / e['file'], np.uint8).reshape(e['frames'], e['height'], e['width'], 3)
        clips.append(torch.from_numpy(raw).permute(0, 3, 1, 2).float() / 255)
    return clips, (clips[0].shape[-1], clips[0].shape[-2])
