"""
The diffusion transformer: from noisy latents, a condition and a text to the velocity (noise - clean).

One token is 4x4 latent cells (32x32 pixels x 4 frames). A convolutional stem and head on the /16 grid around
the blocks take the token grid out of the picture (EMBEDDED_PACK_RUN.md: borders of 32 px were visible without);
a linear bypass, gated by time, is a local denoiser of full rank that the 256-wide trunk need not be.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from ..vae.model import ChannelNorm


class PictureBlock(nn.Module):
    """Residual 3x3 block on one latent frame at /16, modulated by that frame's sigma and the text."""

    def __init__(self, channels, width):
        super().__init__()
        self.norm = ChannelNorm(channels)
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.modulate = nn.Linear(width, 2 * channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        for layer in (self.modulate, self.second):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x, signal):
        gain, shift = self.modulate(signal)[:, :, None, None].chunk(2, 1)
        return x + self.second(F.silu(self.first(self.norm(x)) * (1 + gain) + shift))


class Block(nn.Module):
    """Joint attention over video and text tokens, then an MLP; both modulated per latent frame (AdaLN-single)."""

    def __init__(self, width, head_width):
        super().__init__()
        self.width, self.heads, self.head_width = width, width // head_width, head_width
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.merge = nn.Linear(width, width)
        self.widen = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.video_table = nn.Parameter(torch.randn(6, width) * .02)
        self.text_table = nn.Parameter(torch.randn(6, width) * .02)
        self.query_gain = nn.Parameter(torch.full((head_width,), head_width ** -.5))
        self.key_gain = nn.Parameter(torch.ones(head_width))

    def forward(self, x, video_signal, text_signal, cos, sin):
        """`x` [batch, tokens, width]; `video_signal` [batch, frames, 6, width]; `text_signal` [batch, 1, 6, width]."""
        video = video_signal + self.video_table
        text = text_signal + self.text_table
        x = x + self._per_token(self._attend(self._modulated(x, video, text, 0), cos, sin), video, text, 2)
        h = F.gelu(self.widen(self._modulated(x, video, text, 3)), approximate='tanh')
        return x + self._per_token(self.narrow(h), video, text, 5)

    def _modulated(self, x, video, text, row):
        h = F.layer_norm(x, (self.width,))
        return self._per_token(h, video, text, row + 1, plus=1.) + self._spread(h, video, text, row)

    def _per_token(self, h, video, text, row, plus=0.):
        return h * (plus + self._spread(h, video, text, row))

    def _spread(self, h, video, text, row):
        """Row `row` of the signals, one vector per token: video tokens by their frame, then the text tokens."""
        batch, frames = video.shape[:2]
        words = self.text_length
        per_frame = (h.shape[1] - words) // frames
        by_frame = video[:, :, row, None].expand(-1, -1, per_frame, -1).reshape(batch, frames * per_frame, self.width)
        by_word = text[:, :, row].expand(-1, words, -1)
        return torch.cat([by_frame, by_word], 1).to(h.dtype)

    text_length = 32

    def _attend(self, h, cos, sin):
        batch, tokens = h.shape[:2]
        q, k, v = self.qkv(h).view(batch, tokens, 3, self.heads, self.head_width).permute(2, 0, 3, 1, 4).unbind(0)
        q, k = (self._rotated(x, gain, cos, sin).to(v.dtype) for x, gain in ((q, self.query_gain), (k, self.key_gain)))
        # Plain attention: on a CPU 2.5 times faster than the fused kernel at this length (EMBEDDED_PACK.md 0).
        weights = torch.softmax(q @ k.transpose(-1, -2), -1).to(v.dtype)
        return self.merge((weights @ v).transpose(1, 2).reshape(batch, tokens, self.width))

    def _rotated(self, x, gain, cos, sin):
        x = x.float()
        x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * gain
        a, b = x[..., :self.head_width // 2], x[..., self.head_width // 2:]
        return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


class Dit(nn.Module):
    def __init__(self, config, scale):
        """`scale` [channels]: standard deviation of each channel of the normalised latents."""
        super().__init__()
        self.config = c = config
        self.register_buffer('scale', scale.clone())
        width, seen = c.width, 4 * (2 * c.channels + c.mask_channels) + 2

        self.time = nn.Sequential(nn.Linear(128, width), nn.SiLU(), nn.Linear(width, width))
        self.step = nn.Sequential(nn.Linear(128, width), nn.SiLU(), nn.Linear(width, width))
        self.pooled = nn.Sequential(nn.Linear(c.text_width, width), nn.SiLU(), nn.Linear(width, width))
        self.words = nn.Linear(c.text_width, width)
        self.signal = nn.Linear(width, 6 * width)

        self.stem = nn.Conv2d(seen, c.stem, 3, padding=1)
        self.stem_block = PictureBlock(c.stem, width)
        self.enter = nn.Linear(4 * c.stem, width)
        self.blocks = nn.ModuleList(Block(width, c.head_width) for _ in range(c.blocks))
        for block in self.blocks:
            block.text_length = c.text_length
        self.outline = nn.Linear(width, 16)  # training only: where the subject is, read off the middle block
        self.leave_signal = nn.Linear(width, 2 * width)
        self.leave = nn.Linear(width, 4 * c.stem)
        self.join = nn.Conv2d(2 * c.stem, c.stem, 1)
        self.head_block = PictureBlock(c.stem, width)
        self.head = nn.Conv2d(c.stem, 4 * c.channels, 3, padding=1)
        self.bypass = nn.Conv2d(seen, 4 * c.channels, c.bypass_kernel, padding=c.bypass_kernel // 2)
        self.bypass_gate = nn.Linear(width, 4 * c.channels)
        for layer in (self.signal, self.leave_signal, self.head, self.bypass):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.normal_(self.bypass_gate.weight, std=.02)
        nn.init.ones_(self.bypass_gate.bias)

    def forward(self, latents, condition, conditioning_mask, sigma, time_features, step_size, step_features,
                rope_cos, rope_sin, text, with_outline=False):
        """
        latents, condition: [batch, channels, frames, h, w], normalised; conditioning_mask: [batch, 4, frames, h, w],
        1 = given; sigma [batch, frames]; time_features [batch, frames, 128]; step_size [batch] (0 = plain velocity);
        step_features [batch, 128]; rope_* [tokens, head / 2]; text [batch, 32, text width]. Returns the velocity; `with_outline`
        also logits [batch, frames, rows * columns, 16] of the subject covering each cell of a token.
        """
        c = self.config
        batch, _, frames, h, w = latents.shape
        scale = self.scale.view(1, -1, 1, 1, 1)
        s = sigma[:, None, :, None, None]
        spread = (s * s + (1 - s) * (1 - s) * scale * scale).rsqrt()

        with_step = (step_size > 0).to(text.dtype)[:, None] * self.step(step_features)
        shared = self.pooled(text.mean(1)) + with_step
        frame_signal = F.silu(self.time(time_features) + shared[:, None])
        text_signal = F.silu(shared)[:, None]
        video6 = self.signal(frame_signal).view(batch, frames, 6, c.width)
        text6 = self.signal(text_signal).view(batch, 1, 6, c.width)
        picture_signal = frame_signal.reshape(batch * frames, c.width)

        x = torch.cat([latents * spread, condition / scale, conditioning_mask], 1)
        x = F.pixel_unshuffle(x.transpose(1, 2).reshape(batch * frames, -1, h, w), 2)
        x = torch.cat([x, self._ramps(x)], 1).contiguous(memory_format=torch.channels_last)
        direct = self.bypass(x) * self.bypass_gate(picture_signal)[:, :, None, None]
        skip = self.stem_block(self.stem(x), picture_signal)

        tokens = F.pixel_unshuffle(skip, 2)
        rows, columns = h // 4, w // 4
        tokens = tokens.reshape(batch, frames, 4 * c.stem, rows * columns).transpose(2, 3).reshape(batch, frames * rows * columns, 4 * c.stem)
        count = tokens.shape[1]
        tokens = torch.cat([self.enter(tokens), self.words(text)], 1)
        for index, block in enumerate(self.blocks):
            tokens = block(tokens, video6, text6, rope_cos, rope_sin)
            if with_outline and index == c.blocks // 2 - 1:
                outline = self.outline(tokens[:, :count]).view(batch, frames, rows * columns, 16)
        tokens = F.layer_norm(tokens[:, :count], (c.width,)).view(batch, frames, rows * columns, c.width)
        shift, gain = self.leave_signal(frame_signal)[:, :, None].chunk(2, -1)
        tokens = self.leave(tokens * (1 + gain) + shift)

        y = tokens.transpose(2, 3).reshape(batch * frames, 4 * c.stem, rows, columns)
        y = torch.cat([F.pixel_shuffle(y, 2), skip.to(y.dtype)], 1).contiguous(memory_format=torch.channels_last)
        y = self.head(F.silu(self.head_block(self.join(y), picture_signal))) + direct
        y = F.pixel_shuffle(y, 2).float().reshape(batch, frames, c.channels, h, w).transpose(1, 2)
        velocity = (s - (1 - s) * scale * scale) * spread * spread * latents + scale * spread * y
        return (velocity, outline) if with_outline else velocity

    def _ramps(self, x):
        """y and x from -1 to 1 over the picture, [batch * frames, 2, h / 2, w / 2]: where sky and ground are."""
        count, _, rows, columns = x.shape
        ramp = lambda n: (torch.arange(n, device=x.device).to(x.dtype) * 2 + 1) / n - 1
        y = ramp(rows).view(1, 1, -1, 1).expand(count, 1, rows, columns)
        return torch.cat([y, ramp(columns).view(1, 1, 1, -1).expand(count, 1, rows, columns)], 1)
