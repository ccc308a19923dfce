"""The judge: a small classifier of finished clips. It measures the generator and never trains it."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from ..scene.spec import FIELDS

SEEN = (64, 112)   # height, width it looks at
LOOKS = 5          # frames, evenly spread from first to last


def looked_at(pixels):
    """uint8 or float [frames, 3, h, w] (0..255) to float16 [LOOKS, 3, *SEEN] in [0, 1]."""
    chosen = torch.linspace(0, len(pixels) - 1, LOOKS).round().long()
    return F.interpolate(torch.as_tensor(pixels)[chosen].float() / 255, SEEN, mode='area').half()


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        layer = lambda a, b: nn.Sequential(nn.Conv2d(a, b, 3, 2, 1), nn.BatchNorm2d(b), nn.SiLU())
        self.features = nn.Sequential(layer(3 * LOOKS, 40), layer(40, 80), layer(80, 120), layer(120, 160))
        self.heads = nn.ModuleDict({f: nn.Linear(160 * (SEEN[0] // 16) * (SEEN[1] // 16), len(v)) for f, v in FIELDS.items()})

    def forward(self, looks):
        """float [batch, LOOKS, 3, h, w] in [0, 1] to logits by field."""
        seen = F.dropout(self.features(looks.flatten(1, 2) * 2 - 1).flatten(1), .25, self.training)
        return {f: head(seen) for f, head in self.heads.items()}
