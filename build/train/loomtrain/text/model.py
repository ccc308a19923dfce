"""The text encoder: a small bidirectional transformer over word ids. Padding is an ordinary learned word, so no mask."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class TextLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.width, self.heads = width, heads
        self.before_attention, self.before_mlp = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.merge = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widen, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        batch, length = x.shape[0], x.shape[1]
        head = self.width // self.heads
        q, k, v = self.qkv(self.before_attention(x)).view(batch, length, 3, self.heads, head).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(q @ k.transpose(-1, -2) * head ** -.5, -1)
        x = x + self.merge((weights @ v).transpose(1, 2).reshape(batch, length, self.width))
        return x + self.narrow(F.gelu(self.widen(self.before_mlp(x)), approximate='tanh'))


class TextEncoder(nn.Module):
    def __init__(self, config, vocabulary):
        super().__init__()
        self.words = nn.Embedding(vocabulary, config.width)
        self.places = nn.Parameter(torch.randn(1, config.length, config.width) * .02)
        self.layers = nn.ModuleList(TextLayer(config.width, config.heads) for _ in range(config.layers))
        self.out = nn.LayerNorm(config.width)
        nn.init.normal_(self.words.weight, std=.05)

    def forward(self, tokens):
        """int64 [batch, length] to float [batch, length, width]."""
        x = self.words(tokens) + self.places
        for layer in self.layers:
            x = layer(x)
        return self.out(x)
