"""
What is given and what is to be made, for every task of the editor, in one scheme.

A clip's *known* map is bool [frames, h, w] on the latent's 8-pixel grid: True = given. From it follow

* the condition: the encoding of the clip with every unknown pixel at mid grey (0), zero where a latent frame
  knows nothing;
* the conditioning mask [4, latent frames, h, w]: channel = which of the latent frame's four pixel frames
  (latent frame 0 holds only pixel frame 0, so its four channels are alike);
* the prefix: how many leading latent frames are known whole. Only these also enter the noisy input, with a small
  sigma of their own: the causal encoder makes their encoding independent of what follows, while a known suffix or
  rectangle is encoded beside grey and would not match.
"""

import numpy as np

SUB_FRAMES = 4

# Shares of the tasks that are given something. 'first' and 'prefix' are cut from the clean latents; the variants
# need an encoding of their own, made once per clip (data/latents.py).
FIRST_SHARE, PREFIX_SHARE = .25, .20
VARIANTS = {'last': .16, 'first+last': .24, 'suffix': .12, 'spans': .12, 'outpaint': .20, 'region': .16}


def latent_frames(frames):
    """1 + 4k pixel frames make 1 + k latent frames. Refuses other lengths."""
    if frames % SUB_FRAMES != 1:
        raise ValueError(f'{frames} frames: a clip has 1 + 4k frames')
    return 1 + frames // SUB_FRAMES


def known_map(task, frames, rows, columns, draw):
    """A random instance of `task`, bool [frames, rows, columns]. `draw`: numpy Generator."""
    known = np.zeros((frames, rows, columns), bool)
    if task in ('first', 'first+last'):
        known[0] = True
    if task in ('last', 'first+last'):
        known[-1] = True
    if task == 'prefix':
        known[:1 + SUB_FRAMES * draw.integers(1, latent_frames(frames) - 1)] = True
    if task == 'suffix':
        known[-draw.integers(2, frames // 2):] = True
    if task == 'spans':
        _mark_spans(known, draw)
    if task == 'outpaint':
        _mark_rectangle(known, draw)
    if task == 'region':
        _mark_all_but_box(known, draw)
    return known


def mask_channels(known):
    """[frames, h, w] to the conditioning mask [4, latent frames, h, w] of the graph, float32."""
    spread = np.concatenate([np.repeat(known[:1], SUB_FRAMES - 1, 0), known])
    return spread.reshape(-1, SUB_FRAMES, *known.shape[1:]).transpose(1, 0, 2, 3).astype(np.float32)


def known_pixels(known, patch=8):
    """The same map at pixel size, float32 [frames, height, width]."""
    return known.repeat(patch, 1).repeat(patch, 2).astype(np.float32)


def prefix_length(mask):
    """How many leading latent frames of a conditioning mask [..., 4, latent frames, h, w] are known whole (int array)."""
    whole = mask.min((-4, -2, -1)) > 0
    return np.cumprod(whole, -1).sum(-1)


def _mark_spans(known, draw):
    """Key frames: a few anywhere, or a regular grid of them as for slow motion."""
    frames = len(known)
    if draw.random() < .5:
        known[draw.permutation(frames)[:draw.integers(2, 5)]] = True
    else:
        known[::(2, 4, 4, 8)[draw.integers(4)]] = True


def _mark_rectangle(known, draw):
    """A kept picture inside a new frame shape: bars on the sides, above and below, or both."""
    _, rows, columns = known.shape
    height, width = rows, columns
    shape = draw.integers(3)
    if shape != 1:
        width = draw.integers(int(.4 * columns), int(.8 * columns) + 1)
    if shape != 0:
        height = draw.integers(int(.5 * rows), int(.85 * rows) + 1)
    top, left = draw.integers(rows - height + 1), draw.integers(columns - width + 1)
    known[:, top:top + height, left:left + width] = True


def _mark_all_but_box(known, draw):
    """Everything but a box, which may move: something in the shot is to be painted anew."""
    frames, rows, columns = known.shape
    height, width = draw.integers(rows // 3, rows * 4 // 5 + 1), draw.integers(columns // 5, columns * 3 // 5 + 1)
    top, left = draw.integers(rows - height + 1), draw.integers(columns - width + 1, size=2)
    known[:] = True
    for t in range(frames):
        x = round(left[0] + (left[1] - left[0]) * .5 * t / frames)
        known[t, top:top + height, x:x + width] = False
    if draw.random() < .3:
        known[0] = True
