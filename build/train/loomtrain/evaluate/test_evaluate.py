"""The gate's measures, on pictures whose answer is known."""

import json

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from .. import config
from ..data.clips import render
from ..judge.daylight import time_of_day
from ..judge.train import load as load_judge
from ..scene.spec import FIELDS, TIMES, SceneSpec, is_held_out, sample_spec
from .clips import read_frames
from .prompts import gate_prompts
from .table import judged, motion, mover_energy, seams, verdict

SIZE = (144, 80)


def clip_of(seed, frames=9):
    return torch.from_numpy(render(sample_spec(seed), SIZE, frames)).float() / 255


def test_the_gate_asks_only_for_what_was_never_trained_on():
    rows = gate_prompts()
    assert len(rows) == 128 and rows == gate_prompts()
    assert all(is_held_out(*(row['fields'][f] for f in ('subject', 'colour', 'time', 'setting'))) for row in rows)
    assert sum(row['language'] == 'zh' for row in rows) == 64
    assert len({row['fields']['subject'] for row in rows}) >= 6 and len({row['fields']['setting'] for row in rows}) >= 5


def test_time_of_day_is_read_off_the_sky():
    right = 0
    for index, row in enumerate(gate_prompts()[::2]):
        spec = SceneSpec(**row['fields'], seed=index)
        right += TIMES[time_of_day(torch.from_numpy(render(spec, config.SMALL, 1)).float() / 255)] == spec.time
    assert right >= 63


def test_the_judge_names_what_a_render_shows():
    rows = gate_prompts()[::4]
    clips = [torch.from_numpy(render(SceneSpec(**row['fields'], seed=config.GATE_SEED + i), config.SMALL, 17)).float() / 255 for i, row in enumerate(rows)]
    right, _ = judged(clips, [row['fields'] for row in rows], load_judge())
    assert min(right.values()) > .9, right


def test_blurred_movers_have_less_gradient_energy():
    clips = [clip_of(seed) for seed in range(6)]
    blurred = [F.avg_pool2d(c, 5, 1, 2) for c in clips]
    assert mover_energy(blurred) < .5 * mover_energy(clips)


def test_tiles_show_as_seams_and_renders_have_none():
    clips = [clip_of(seed) for seed in range(6)]
    tiled = [c.clone() for c in clips]
    for c in tiled:
        c[..., 32:64] = (c[..., 32:64] + .04).clamp(0, 1)
        c[..., 96:128] = (c[..., 96:128] + .04).clamp(0, 1)
    assert max(seams(clips)) < 1.2 < seams(tiled)[1]


def test_a_frozen_clip_fails_motion_health():
    clips = [clip_of(seed) for seed in range(4)]
    frozen = [c[:1].expand_as(c) for c in clips]
    assert motion(frozen) == 0 < motion(clips)
    good = {'accuracy': dict.fromkeys(FIELDS, 1.), 'shuffled': dict.fromkeys(FIELDS, .2), 'chance': dict.fromkeys(FIELDS, .2),
            'moverSharpness': .9, 'seam': 1.1, 'seedDistance': 1., 'motionHealth': 1.}
    assert verdict(good) == (True, [])
    assert not verdict({**good, 'motionHealth': 0.})[0]


def test_frames_of_the_app_are_read_back_in_the_order_of_the_prompts(tmp_path):
    rows = [{'prompt': p, 'seed': s} for p in ('a', 'b') for s in (1, 2)]
    pictures = np.random.default_rng(0).integers(0, 256, (4, 5, 8, 16, 3), dtype=np.uint8)
    index = []
    for number in (2, 0, 3, 1):
        pictures[number].tofile(tmp_path / f'{number}.rgb')
        index.append({**rows[number], 'width': 16, 'height': 8, 'frames': 5, 'rate': {'num': 12, 'den': 1}, 'file': f'{number}.rgb'})
    (tmp_path / 'index.json').write_text(json.dumps(index))
    clips, size = read_frames(tmp_path, rows)
    assert size == (16, 8)
    assert all((c.permute(0, 2, 3, 1).mul(255).round().byte().numpy() == p).all() for c, p in zip(clips, pictures))
    with pytest.raises(SystemExit, match='missing'):
        read_frames(tmp_path, [*rows, {'prompt': 'c', 'seed': 1}])
