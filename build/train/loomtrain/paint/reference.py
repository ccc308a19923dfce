"""The painter's maths in torch, slow and readable; the C painter must agree within 1/255. Written from the tables alone."""

import torch

from ..scene.canvas import LAYER_FIELDS, MARK_FIELDS, PROFILE_FROM, PROFILE_SAMPLES, PROFILE_TO

SKY_HORIZON = .72


def paint_clip(scene, height, width):
    """float32 [frames, 3, height, width] in [0, 1] of a SceneTable."""
    return torch.stack([_paint_frame(scene, t, height, width) for t in range(len(scene.marks))])


def _paint_frame(scene, t, height, width):
    y, x = torch.meshgrid((torch.arange(height) + .5) / height, (torch.arange(width) + .5) / height, indexing='ij')
    picture = _sky(torch.from_numpy(scene.sky), y)
    painted = 0
    for step in scene.order.tolist():
        if step >= 0:
            for mark in torch.from_numpy(scene.marks[t, painted:step]):
                picture = _mark(picture, dict(zip(MARK_FIELDS, mark)), x, y, 1 / height)
            painted = step
        else:
            layer = -1 - step
            constants = dict(zip(LAYER_FIELDS, torch.from_numpy(scene.layers[layer])))
            picture = _layer(picture, torch.from_numpy(scene.profiles[layer]), constants, scene.offsets[t, layer], x, y, height)
    return picture.clamp(0, 1)


def _sky(colours, y):
    place = (y / SKY_HORIZON).clamp(0, 1) * 2
    top, horizon = (1 - place).clamp(0, 1), (place - 1).clamp(0, 1)
    return colours[0, :, None, None] * top + colours[1, :, None, None] * (1 - top - horizon) + colours[2, :, None, None] * horizon


def _blend(picture, colour, alpha):
    return picture + (colour - picture) * alpha


def _colours(fields, *names):
    return torch.stack([fields[n] for n in names])[:, None, None]


def _mark(picture, m, x, y, pixel):
    dx, dy = x - m['x'], y - m['y']
    u = (m['cos'] * dx + m['sin'] * dy) / m['scale_x']
    v = (m['cos'] * dy - m['sin'] * dx) / m['scale_y']
    across, slope_x, slope_y = u.abs(), m['bottom'] - m['top'], 2 * m['half']
    cap_x = across - torch.minimum(across, torch.where(v < 0, m['top'], m['bottom']))
    cap_y = v.abs() - m['half']
    along = (((m['bottom'] - across) * slope_x + (m['half'] - v) * slope_y) / (slope_x ** 2 + slope_y ** 2)).clamp(0, 1)
    side_x, side_y = across - m['bottom'] + slope_x * along, v - m['half'] + slope_y * along
    d = (torch.minimum(cap_x ** 2 + cap_y ** 2, side_x ** 2 + side_y ** 2) + 1e-12).sqrt()
    d = torch.where((side_x < 0) & (cap_y < 0), -d, d) - m['rounding']
    d = torch.maximum(d, m['clip_x'] * u + m['clip_y'] * v - m['clip_at'])
    if (m['scale_x'] - m['scale_y']).abs() < 1e-9:
        d = d * m['scale_x']
    else:
        d = d * (u * u + v * v + 1e-8).sqrt() / ((u / m['scale_x']) ** 2 + (v / m['scale_y']) ** 2 + 1e-8).sqrt()
    cover = (.5 - d / (pixel + m['softness'])).clamp(0, 1)
    cover = cover * cover * (3 - 2 * cover) * m['alpha']
    down = (v / m['gradient'] * .5 + .5).clamp(0, 1)
    top, bottom = _colours(m, 'red0', 'green0', 'blue0'), _colours(m, 'red1', 'green1', 'blue1')
    return _blend(picture, top + (bottom - top) * down, cover)


def _layer(picture, profile, c, offset, x, y, height):
    step = (PROFILE_TO - PROFILE_FROM) / (PROFILE_SAMPLES - 1)
    world_x = x + float(offset[0])
    place = ((world_x - PROFILE_FROM) / step).clamp(0, PROFILE_SAMPLES - 1.001)
    index = place.long()
    rise = profile[index + 1] - profile[index]
    edge_y = profile[index] + rise * (place - index) + float(offset[1])
    under = y - edge_y
    alpha = (.5 + under * height / (1 + (rise / step) ** 2).sqrt()).clamp(0, 1) * c['alpha']
    top, bottom = _colours(c, 'red0', 'green0', 'blue0'), _colours(c, 'red1', 'green1', 'blue1')
    colour = top + (bottom - top) * (under / c['gradient']).clamp(0, 1)
    if c['crest'] > 0:
        colour = _blend(colour, _colours(c, 'crest_red', 'crest_green', 'crest_blue'), (.5 + (c['crest'] - under) * height).clamp(0, 1))
    if c['window_width'] > 0:
        colour = _blend(colour, _colours(c, 'window_red', 'window_green', 'window_blue'), _windows(c, world_x, y, height) * (under > .022))
    return _blend(picture, colour, alpha)


def _windows(c, x, y, height):
    column, row = (x / c['window_width']).floor(), (y / c['window_height']).floor()
    beside = (x / c['window_width'] - column - .5).abs() * c['window_width'] - c['window_width'] * .24
    above = (y / c['window_height'] - row - .5).abs() * c['window_height'] - c['window_height'] * .28
    lit = _hash_unit(column.long(), row.long(), int(c['window_seed'])) < c['window_share']
    return (.5 - torch.maximum(beside, above) * height).clamp(0, 1) * .85 * lit


def _hash_unit(column, row, seed):
    """The painter's 32-bit integer hash of a cell, to [0, 1)."""
    word = 0xFFFFFFFF
    h = ((column & word) * 0x9E3779B1 & word) ^ ((row & word) * 0x85EBCA77 & word) ^ (seed * 0xC2B2AE3D & word)
    h = (h ^ h >> 15) * 0x2C1B3CDD & word
    h = (h ^ h >> 12) * 0x297A2D39 & word
    return ((h ^ h >> 15) >> 8).float() / 16777216
