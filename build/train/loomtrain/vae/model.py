"""
The causal video autoencoder: 8x8 pixels x 4 frames to one latent cell of 24 channels.

A frozen linear transform (KLT) carries the picture both ways; a small residual network on top of it, zero
at the start, learns edges. So training begins at the KLT's quality instead of at noise (EMBEDDED_PACK.md 2.2:
7 dB ahead of a random start after the same time).

Only Conv2d and 1x1 mixing in time, so the exported graph runs on every provider. Time is causal: every
temporal mix sees its own frame and the two before it, which a clip's first frame supplies by repetition and
a later chunk by the cache that the chunk before returned.

Shapes: pixels [batch, 3, 4n, height, width] in [-1, 1] with the first frame already repeated three times in
front (so 1 + 4k frames make 1 + k latent frames and latent 0 is purely frame 0); latents [batch, channels, n, h, w].
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class ChannelNorm(nn.Module):
    """RMS over channels. Source: Zhang & Sennrich 2019, arXiv:1910.07467."""

    def __init__(self, channels):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(1, channels, 1, 1))

    def forward(self, x):
        return x * torch.rsqrt((x * x).mean(1, keepdim=True) + 1e-5) * self.gain.to(x.dtype)


class CausalBlock(nn.Module):
    """Residual block on [batch * frames, channels, h, w]: 3x3 in space, then a mix over frames t-2, t-1, t."""

    HISTORY = 2

    def __init__(self, channels):
        super().__init__()
        self.norm = ChannelNorm(channels)
        self.space = nn.Conv2d(channels, channels, 3, padding=1)
        self.time = nn.Conv2d(3 * channels, channels, 1)
        self.out = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x, frames, history):
        """`history`: callable that turns this block's features into the frames before them, and keeps the last two."""
        h = F.silu(self.space(self.norm(x)))
        h = h.reshape(-1, frames, *h.shape[1:])
        past = torch.cat([history(h), h], 1)
        h = torch.cat([past[:, :-2], past[:, 1:-1], past[:, 2:]], 2).flatten(0, 1)
        return x + self.out(F.silu(self.time(h)))


def from_the_start(h):
    """The history of a clip's first chunk: its first frame, twice."""
    return h[:, :1].expand(-1, CausalBlock.HISTORY, -1, -1, -1)


class Chunk:
    """
    The histories of one chunk, block by block: reads the caches given, collects the caches to hand on.

    `first` is 1 for a clip's first chunk (caches ignored) and 0 later. A tensor, not a bool: one graph serves both.
    Caches are [batch, channels, 2, h, w], the newest frame last.
    """

    def __init__(self, first, caches):
        self.first, self.caches, self.kept = first, list(caches), []

    def __call__(self, h):
        given = self.caches[len(self.kept)].transpose(1, 2).to(h.dtype)
        history = from_the_start(h) * self.first + given * (1 - self.first)
        self.kept.append(torch.cat([history, h], 1)[:, -CausalBlock.HISTORY:].transpose(1, 2))
        return history


class Vae(nn.Module):
    def __init__(self, config, klt):
        """`klt`: (mean [768], basis [768, channels], deviations [channels]) of causal space-time patches."""
        super().__init__()
        self.config = c = config
        self.patch_values = c.frames_per_latent * 3 * c.patch ** 2
        mean, basis, deviations = klt
        self.register_buffer('mean', mean.reshape(1, -1, 1, 1).clone())
        self.register_buffer('analysis', (basis / deviations).T.reshape(c.channels, -1, 1, 1).contiguous())
        self.register_buffer('synthesis', (basis * deviations).reshape(-1, c.channels, 1, 1).contiguous())

        self.enter = nn.Conv2d(self.patch_values, c.trunk, 1)
        self.encode_trunk = CausalBlock(c.trunk)
        self.encode_down = nn.Conv2d(4 * c.trunk, c.deep, 1)
        self.encode_deep = nn.ModuleList(CausalBlock(c.deep) for _ in range(c.encoder_blocks))
        self.encode_out = nn.Conv2d(c.deep, 4 * c.channels, 1)

        self.decode_in = nn.Conv2d(4 * c.channels, c.deep, 1)
        self.decode_deep = nn.ModuleList(CausalBlock(c.deep) for _ in range(c.decoder_blocks))
        self.decode_up = nn.Conv2d(c.deep, 4 * c.decoder_trunk, 1)
        self.decode_skip = nn.Conv2d(c.channels, c.decoder_trunk, 3, padding=1)
        self.decode_trunk = nn.ModuleList(CausalBlock(c.decoder_trunk) for _ in range(c.decoder_trunk_blocks))
        self.carry = nn.Conv2d(c.decoder_trunk, 16 * c.carrier * c.frames_per_latent, 1)
        self.refine_in = nn.Conv2d(c.carrier + 12, c.refine, 3, padding=1)
        self.refine = nn.ModuleList(nn.Conv2d(c.refine, c.refine, 3, padding=1) for _ in range(c.refine_blocks))
        self.refine_out = nn.Conv2d(c.refine, 12, 3, padding=1)
        for last in (self.encode_out, self.refine_out):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def encoder_parameters(self):
        return [p for m in (self.enter, self.encode_trunk, self.encode_down, self.encode_deep, self.encode_out) for p in m.parameters()]

    def decoder_parameters(self):
        encoder = {id(p) for p in self.encoder_parameters()}
        return [p for p in self.parameters() if id(p) not in encoder]

    def encoder_caches(self):
        """(channels, pixels per cell) of each cache, in the order the graph takes them."""
        c = self.config
        return [(c.trunk, c.patch)] + [(c.deep, 2 * c.patch)] * c.encoder_blocks

    def decoder_caches(self):
        c = self.config
        return [(c.deep, 2 * c.patch)] * c.decoder_blocks + [(c.decoder_trunk, c.patch)] * c.decoder_trunk_blocks

    def encode(self, pixels, history=from_the_start):
        c = self.config
        batch, _, frames, height, width = pixels.shape
        n = frames // c.frames_per_latent
        patches = self._patches(pixels, n)
        linear = F.conv2d(patches.float() - self.mean, self.analysis)
        x = self.enter(patches.contiguous(memory_format=torch.channels_last))
        x = self.encode_trunk(x, n, history)
        x = self.encode_down(F.pixel_unshuffle(x, 2))
        for block in self.encode_deep:
            x = block(x, n, history)
        latents = linear + F.pixel_shuffle(self.encode_out(x), 2).float()
        return latents.reshape(batch, n, c.channels, height // c.patch, width // c.patch).transpose(1, 2)

    def decode(self, latents, history=from_the_start):
        """Pixels of all 4n frames, not clipped; the caller drops the first three of a clip."""
        c = self.config
        batch, _, n, h, w = latents.shape
        z = latents.transpose(1, 2).reshape(batch * n, c.channels, h, w)
        linear = self._frames(F.conv2d(z.float(), self.synthesis) + self.mean, batch, n, 3, c.patch)
        z = z.contiguous(memory_format=torch.channels_last)
        x = self.decode_in(F.pixel_unshuffle(z, 2))
        for block in self.decode_deep:
            x = block(x, n, history)
        x = F.pixel_shuffle(self.decode_up(x), 2) + self.decode_skip(z)
        for block in self.decode_trunk:
            x = block(x, n, history)
        carried = self._frames(self.carry(x), batch, n, c.carrier, 4)
        halved = F.pixel_unshuffle(linear, 2).to(carried.dtype)
        u = torch.cat([carried, halved], 1).contiguous(memory_format=torch.channels_last)
        u = F.silu(self.refine_in(u))
        for layer in self.refine:
            u = u + F.silu(layer(u))
        pixels = linear + F.pixel_shuffle(self.refine_out(u), 2).float()
        return pixels.reshape(batch, n * c.frames_per_latent, 3, h * c.patch, w * c.patch).transpose(1, 2)

    def _patches(self, pixels, n):
        """[batch, 3, 4n, H, W] to [batch * n, 4 * 3 * 8 * 8, h, w]: frames first, then colours, then rows."""
        p, f = self.config.patch, self.config.frames_per_latent
        batch, _, _, height, width = pixels.shape
        frames = pixels.transpose(1, 2).reshape(batch * n, f * 3, height, width)
        return F.pixel_unshuffle(frames, p)

    def _frames(self, x, batch, n, channels, factor):
        """[batch * n, 4 * channels * factor^2, h, w] to [batch * 4n, channels, h * factor, w * factor]."""
        x = F.pixel_shuffle(x, factor)
        return x.reshape(batch * n * self.config.frames_per_latent, channels, x.shape[-2], x.shape[-1])


def repeat_first(pixels):
    """1 + 4k frames to 4 + 4k: the first frame three more times in front. [batch, 3, frames, H, W]."""
    return torch.cat([pixels[:, :, :1].expand(-1, -1, 3, -1, -1), pixels], 2)
