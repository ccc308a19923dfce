"""
Rotary positions of video and text tokens. Source: Su et al. 2021, arXiv:2104.09864; three axes as in most video DiTs.

The host computes the same in float64 from the pack's `rope` entry:

    scale = sqrt(unitTokens / (rows * columns))          # 1 on the 9x5 grid of 288x160, .559 on the 16x9 of 512x288
    positions: time = latent frame index; y = (row - (rows - 1) / 2) * scale; x likewise
    frequency k of n on an axis = top * falloff ^ (-k / (n - 1))
    angles of a token = [time * f_time..., y * f_space..., x * f_space...]   (timePairs + 2 * spacePairs = headDim / 2)

Positions are centred and in units of picture area, so a layout learned at one size holds at the others. Pair k of a
head is (k, k + headDim / 2). Text tokens come after the video tokens and have cos 1, sin 0.
"""

import torch

UNIT_TOKENS = 45
SPACE_TOP, SPACE_FALLOFF = 2.0944, 12.
TIME_TOP, TIME_FALLOFF = 1.5708, 16.


def pairs(head_width):
    """(time, space) counts of rotated pairs; a quarter of them for time."""
    half = head_width // 2
    space = (half - half // 4) // 2
    return half - 2 * space, space


def describe(head_width):
    """The pack's `rope` entry."""
    time, space = pairs(head_width)
    return {'kind': 'loom', 'headDim': head_width, 'timePairs': time, 'spacePairs': space, 'unitTokens': UNIT_TOKENS,
            'spaceTop': SPACE_TOP, 'spaceFalloff': SPACE_FALLOFF, 'timeTop': TIME_TOP, 'timeFalloff': TIME_FALLOFF}


def rope_tables(frames, rows, columns, head_width, text_length):
    """(cos, sin), float32 [frames * rows * columns + text_length, head_width / 2]."""
    time, space = pairs(head_width)
    scale = (UNIT_TOKENS / (rows * columns)) ** .5
    axis = lambda count: (torch.arange(count, dtype=torch.float64) - (count - 1) / 2) * scale
    t, y, x = torch.meshgrid(torch.arange(frames, dtype=torch.float64), axis(rows), axis(columns), indexing='ij')
    spread = lambda top, falloff, count: top * falloff ** (-torch.arange(count, dtype=torch.float64) / max(1, count - 1))
    angles = torch.cat([place.reshape(-1, 1) * f for place, f in (
        (t, spread(TIME_TOP, TIME_FALLOFF, time)), (y, spread(SPACE_TOP, SPACE_FALLOFF, space)), (x, spread(SPACE_TOP, SPACE_FALLOFF, space)))], 1)
    cos = torch.cat([angles.cos(), torch.ones(text_length, head_width // 2)])
    sin = torch.cat([angles.sin(), torch.zeros(text_length, head_width // 2)])
    return cos.float(), sin.float()


def sinusoid(value, count=64):
    """[...] in [0, 1] to [..., 2 * count]: cosines then sines of 1000 * value at 64 falling frequencies."""
    frequency = torch.exp(-torch.log(torch.tensor(10000.)) * torch.arange(count) / count)
    angle = value[..., None].float() * 1000 * frequency
    return torch.cat([angle.cos(), angle.sin()], -1)
