"""
Clips as latents on disk, in shards of 256, so that training starts on the first and finds the others as they come.

A set is one size and length. Per clip: clean latents, how much of each cell the subject covers, and for every
second clip one masked variant (condition and mask) encoded as the app will encode it at run time.
"""

import json

import numpy as np
import torch

from .. import config
from ..dit.conditioning import VARIANTS, known_map, known_pixels, latent_frames, mask_channels
from ..paint.painter import paint_clip, paint_subject_mask
from ..scene.build import build_scene
from ..scene.spec import sample_spec
from ..vae.model import repeat_first

SHARD = 256
VARIANTS_PER_SHARD = 128  # the first clips of every shard


class LatentSet:
    """Reads the shards of one (size, frames) that exist so far."""

    def __init__(self, size, frames):
        self.size, self.frames = size, frames
        self.folder = folder(size, frames)
        self.refresh()

    def refresh(self):
        self.shards = sorted(int(p.stem.split('-')[0]) for p in self.folder.glob('*-latents.npy'))
        self._open = {}

    def __len__(self):
        return len(self.shards) * SHARD

    def array(self, shard, name):
        key = shard, name
        if key not in self._open:
            self._open[key] = np.load(shard_path(self.folder, shard, name), mmap_mode='r')
        return self._open[key]

    def clip(self, index):
        """(latents fp16 [c, t, h, w], cover uint8 [t, h, w], spec) of clip `index`, raw latents."""
        shard, place = self.shards[index // SHARD], index % SHARD
        return self.array(shard, 'latents')[place], self.array(shard, 'cover')[place], sample_spec(seed_of(self.frames, shard, place))

    def random_index(self, draw, with_variant):
        """A clip drawn evenly; `with_variant` only from those that have a masked variant."""
        return int(draw.integers(len(self.shards))) * SHARD + int(draw.integers(VARIANTS_PER_SHARD if with_variant else SHARD))

    def variant(self, index):
        """(condition fp16 [c, t, h, w], mask uint8 [4, t, h, w]); the condition is raw, to be used where something is known."""
        shard, place = self.shards[index // SHARD], index % SHARD
        return self.array(shard, 'condition')[place], self.array(shard, 'mask')[place]


def folder(size, frames):
    return config.DATA / 'latents' / f'{size[0]}x{size[1]}x{frames}'


def shard_path(where, shard, name):
    return where / f'{shard:04d}-{name}.npy'


def seed_of(frames, shard, place):
    """Lengths have seeds of their own, sizes share them: a large clip is the same scene as its small one."""
    return config.TRAIN_SEED + 10_000_000 * (1 + frames) + shard * SHARD + place


def encode(vae, size, frames, shards, batch=4):
    """Renders and encodes shards until `shards` exist. Safe to stop at any time."""
    where = folder(size, frames)
    where.mkdir(parents=True, exist_ok=True)
    vae.eval()
    for shard in range(shards):
        if shard_path(where, shard, 'latents').exists():
            continue
        columns = {'latents': [], 'cover': [], 'condition': [], 'mask': []}
        for start in range(0, SHARD, batch):
            _encode_batch(vae, size, frames, shard, range(start, start + batch), columns)
        for name in ('cover', 'condition', 'mask', 'latents'):  # the latents last: they announce the shard
            path = shard_path(where, shard, name)
            partial = path.with_suffix('.partial.npy')
            np.save(partial, np.stack(columns[name]))
            partial.rename(path)
        print(f'{size[0]}x{size[1]}x{frames}: shard {shard + 1} of {shards}', flush=True)


@torch.no_grad()
def _encode_batch(vae, size, frames, shard, places, columns):
    width, height = size
    pixels, known = [], []
    for place in places:
        spec = sample_spec(seed_of(frames, shard, place))
        scene = build_scene(spec, frames, width / height, config.FPS)
        pixels.append(paint_clip(scene, height, width))
        columns['cover'].append(_cover(paint_subject_mask(scene, height, width)))
        if place < VARIANTS_PER_SHARD:
            draw = np.random.default_rng([spec.seed, 9])
            task = draw.choice(list(VARIANTS), p=list(VARIANTS.values()))
            known.append(known_map(task, frames, height // 8, width // 8, draw))
    truth = torch.from_numpy(np.stack(pixels)).float().div(127.5).sub(1).transpose(1, 2)
    columns['latents'] += list(_encoded(vae, truth))
    if known:
        given = torch.from_numpy(np.stack([known_pixels(k) for k in known]))[:, None]
        encoded = _encoded(vae, truth[:len(known)] * given)
        for condition, k in zip(encoded, known):
            columns['condition'].append(condition)
            columns['mask'].append(mask_channels(k).astype(np.uint8))


def _encoded(vae, pixels):
    with torch.autocast(config.DEVICE, torch.bfloat16):
        return vae.encode(repeat_first(pixels)).half().numpy()


def _cover(mask):
    """Subject masks [frames, H, W] to the largest cover of each latent cell, uint8 [latent frames, h, w]."""
    frames, height, width = mask.shape
    cells = mask.reshape(frames, height // 8, 8, width // 8, 8).mean((2, 4))
    spread = np.concatenate([np.repeat(cells[:1], 3, 0), cells])
    return spread.reshape(latent_frames(frames), 4, *cells.shape[1:]).max(1).astype(np.uint8)


class Normaliser:
    """
    Raw latents to the space the transformer works in: (z - mean) / std, where std brings channel c to the
    deviation scale[c] ~ (variance of what the channel paints) ^ 1/4: coarse channels stand out of the noise first.
    """

    def __init__(self, mean, std, scale):
        self.mean, self.std, self.scale = mean, std, scale

    def __call__(self, raw):
        return (raw.float() - self._wide(self.mean)) / self._wide(self.std)

    def back(self, latents):
        return latents * self._wide(self.std) + self._wide(self.mean)

    def _wide(self, values):
        return values.view(1, -1, 1, 1, 1)

    @staticmethod
    def path():
        return config.DATA / 'normaliser.json'

    @classmethod
    def load(cls):
        table = json.loads(cls.path().read_text())
        return cls(*(torch.tensor(table[k]) for k in ('mean', 'std', 'scale')))

    @classmethod
    def fit(cls, vae, latent_set):
        """From a set's first shards; written once, then every set and the pack use the same numbers."""
        raw = torch.from_numpy(np.concatenate([latent_set.array(s, 'latents')[::4] for s in latent_set.shards[:8]])).float()
        painted = vae.synthesis.flatten(1).pow(2).sum(0)  # variance each linear channel paints
        scale = (painted / painted.log().mean().exp()) ** .25
        scale = scale / scale.pow(2).mean().sqrt()
        mean, deviation = raw.mean((0, 2, 3, 4)), raw.std((0, 2, 3, 4))
        made = cls(mean, deviation / scale, scale)
        cls.path().write_text(json.dumps({'mean': mean.tolist(), 'std': made.std.tolist(), 'scale': scale.tolist()}))
        return made
