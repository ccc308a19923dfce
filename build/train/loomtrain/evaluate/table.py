"""
The gate of the first weights, from finished frames. Every figure compares with renders of the same words.

A clip is float [frames, 3, h, w] in [0, 1].
"""

from functools import partial

import numpy as np
import torch

from .. import config
from ..data.clips import render
from ..judge.daylight import time_of_day
from ..judge.model import looked_at
from ..scene.spec import FIELDS, SceneSpec
from ..vae.loss import moving_pixels

GATE = {'time': .95, 'setting': .95, 'subject': .95, 'colour': .90, 'motion': .90, 'shuffled': .10, 'moverSharpness': .5,
        'seam': 1.3, 'seedDistance': .5, 'motionHealth': (.5, 1.5)}


def judged(clips, fields, judge):
    """Accuracy by field of `clips` against `fields` (list of dicts), and the guesses themselves."""
    with torch.no_grad():
        guesses = judge(torch.stack([looked_at(c * 255) for c in clips]).float())
    guesses = {f: g.argmax(1).tolist() for f, g in guesses.items()}
    guesses['time'] = [time_of_day(c) for c in clips]
    return {f: _share(guesses[f], [FIELDS[f].index(x[f]) for x in fields]) for f in FIELDS}, guesses


def table(clips, rows, judge, size):
    """All figures of the gate as one flat dict; `rows` as of gate_prompts, the two seeds of a prompt side by side."""
    fields = [row['fields'] for row in rows]
    frames = len(clips[0])
    renders = [_render(row, size, frames) for row in rows]
    accuracy, guesses = judged(clips, fields, judge)
    ceiling, _ = judged(renders, fields, judge)
    wrong = np.random.default_rng(1).permutation(len(rows))
    labels = {f: [FIELDS[f].index(x[f]) for x in fields] for f in FIELDS}
    shuffled = {f: _share(guesses[f], [labels[f][i] for i in wrong]) for f in FIELDS}
    chance = {f: max(np.bincount(labels[f]) / len(rows)) for f in FIELDS}
    return {
        'clips': len(clips), 'accuracy': accuracy, 'ceiling': ceiling, 'shuffled': shuffled, 'chance': chance,
        'english': _by_language(guesses, rows, 'en'), 'chinese': _by_language(guesses, rows, 'zh'),
        'moverSharpness': _over(mover_energy, clips, renders),
        'clearMoverSharpness': _over(partial(mover_energy, threshold=.25), clips, renders), 'seam': max(seams(clips)), 'seamOfRenders': max(seams(renders)),
        'seedDistance': _pair_distance(clips) / _pair_distance(renders), 'motionHealth': _over(motion, clips, renders),
        'flicker': _over(flicker, clips, renders),
    }


def verdict(t):
    """(passed, list of sentences about what failed)."""
    failed = [f'{f} {t["accuracy"][f]:.3f} under {GATE[f]}' for f in FIELDS if t['accuracy'][f] < GATE[f]]
    failed += [f'shuffled {f} {t["shuffled"][f]:.3f} is more than {GATE["shuffled"]} from chance {t["chance"][f]:.3f}'
               for f in FIELDS if t['shuffled'][f] > t['chance'][f] + GATE['shuffled']]
    failed += [f'{name} {t[name]:.3f} under {GATE[name]}' for name in ('moverSharpness', 'seedDistance') if t[name] < GATE[name]]
    failed += [f'seam {t["seam"]:.3f} over {GATE["seam"]}'] if t['seam'] > GATE['seam'] else []
    low, high = GATE['motionHealth']
    failed += [] if low <= t['motionHealth'] <= high else [f'motion health {t["motionHealth"]:.3f} outside {low} to {high}']
    return not failed, failed


def mover_energy(clips, threshold=.05):
    """
    Mean squared horizontal and vertical step inside moving regions: where the three colours together change by more
    than `threshold`. At .05 a flicker of 4/255 counts as motion; at .25 only what clearly moves.
    """
    energy = area = 0.
    for clip in clips:
        moving = moving_pixels(clip.transpose(0, 1)[None] * 2 - 1, threshold)[0, 0]
        for across, near in ((clip[..., 1:] - clip[..., :-1], moving[..., 1:]), (clip[..., 1:, :] - clip[..., :-1, :], moving[..., 1:, :])):
            energy += (across.square().sum(1) * near).sum().item()
        area += moving.sum().item()
    return energy / max(area, 1.)


def motion(clips):
    return float(np.mean([(c[1:] - c[:-1]).abs().mean().item() for c in clips]))


def flicker(clips):
    return float(np.mean([(c[2:] - 2 * c[1:-1] + c[:-2]).abs().mean().item() for c in clips]))


def seams(clips, flat=.15):
    """
    (8-pixel, 32-pixel): the mean step across cell or token borders over the mean step elsewhere, in flat regions only.
    Horizons and kerbs lie on multiples of 32 rows: with edges counted, renders themselves came to 1.29.
    """
    sums = {name: np.zeros(2) for name in ('cell', 'token', 'inside')}
    for clip in clips:
        for axis in (-1, -2):
            step = clip.diff(dim=axis).abs().sum(1)
            near = (step < flat).float()
            at = torch.arange(step.shape[axis])
            token, cell = at % 32 == 31, (at % 8 == 7) & (at % 32 != 31)
            for name, chosen in (('token', token), ('cell', cell), ('inside', ~(token | cell))):
                sums[name] += [(step * near).index_select(axis, at[chosen]).sum().item(), near.index_select(axis, at[chosen]).sum().item()]
    mean = {name: total / max(count, 1.) for name, (total, count) in sums.items()}
    return mean['cell'] / mean['inside'], mean['token'] / mean['inside']


def _render(row, size, frames):
    spec = SceneSpec(**row['fields'], seed=config.GATE_SEED + 1000 * row['seed'] + hash_of(row['prompt']))
    return torch.from_numpy(render(spec, size, frames)).float() / 255


def hash_of(text):
    """A small number that is the same in every run, unlike hash()."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(text)) % 997


def _over(measure, clips, renders):
    return measure(clips) / max(measure(renders), 1e-9)


def _pair_distance(clips):
    return float(np.mean([(a - b).abs().mean().item() for a, b in zip(clips[::2], clips[1::2])]))


def _share(guessed, true):
    return float(np.mean([g == t for g, t in zip(guessed, true)]))


def _by_language(guesses, rows, language):
    chosen = [i for i, row in enumerate(rows) if row['language'] == language]
    return {f: _share([guesses[f][i] for i in chosen], [FIELDS[f].index(rows[i]['fields'][f]) for i in chosen]) for f in FIELDS}
