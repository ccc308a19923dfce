"""The painters and the scenes they paint."""

import numpy as np
import pytest

from ..scene.build import build_scene
from ..scene.spec import SETTINGS_OF, SUBJECTS, TIMES, SceneSpec, every_combination, is_held_out, motions_of, sample_spec
from . import painter, reference

SIZE = (64, 96)


@pytest.mark.parametrize('subject', SUBJECTS)
def test_the_c_painter_equals_the_reference(subject):
    """Within 1/255 on every pixel; a pixel on the rim of a window or clip may round the other way in fast maths."""
    for index, setting in enumerate(SETTINGS_OF[subject]):
        spec = SceneSpec(subject, 'red', TIMES[index % 3], setting, motions_of(subject)[-1], 40 + index)
        scene = build_scene(spec, 2, SIZE[1] / SIZE[0])
        fast = painter.paint_clip(scene, *SIZE).astype(np.float32) / 255
        slow = reference.paint_clip(scene, *SIZE).numpy()
        assert np.abs(fast - slow).max() <= 1.01 / 255, (spec, np.abs(fast - slow).max() * 255)


def test_a_subject_stays_in_the_frame_for_the_whole_clip():
    for seed in range(150):
        scene = build_scene(sample_spec(seed), 49, 1.8)
        mask = painter.paint_subject_mask(scene, 80, 144)
        share = (mask > 127).mean((1, 2))
        assert share.min() > .5 * share.max(), sample_spec(seed)
        assert painter.subject_box(mask[24]) is not None


def test_left_moves_left_and_right_moves_right():
    for seed in range(150):
        spec = sample_spec(seed)
        if spec.motion in ('left', 'right'):
            mask = painter.paint_subject_mask(build_scene(spec, 17, 1.8), 80, 144)
            centre = lambda frame: (mask[frame].sum(0) * np.arange(144)).sum() / mask[frame].sum()
            assert (centre(16) > centre(0)) == (spec.motion == 'right'), spec


def test_training_never_draws_a_held_out_combination():
    held_out = [c for c in every_combination() if is_held_out(*c)]
    assert len(held_out) >= 64
    for seed in range(2000):
        s = sample_spec(seed)
        assert not is_held_out(s.subject, s.colour, s.time, s.setting)
        s = sample_spec(seed, 'held-out')
        assert is_held_out(s.subject, s.colour, s.time, s.setting)
