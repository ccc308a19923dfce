"""Conditioning maps, positions and the sampler."""

import numpy as np
import torch

from ..config import SMALL, DitTraining, Phase
from .conditioning import VARIANTS, known_map, mask_channels, prefix_length
from .rope import rope_tables
from .sample import sigmas
from .train import _jumps

DRAW = np.random.default_rng(0)


def test_each_latent_frame_tells_which_of_its_four_frames_are_given():
    known = np.zeros((9, 4, 8), bool)
    known[0] = known[6] = True
    mask = mask_channels(known)
    assert mask.shape == (4, 3, 4, 8)
    assert mask[:, 0].min() == 1                       # latent 0 is frame 0, four times
    assert mask[:, 2, 0, 0].tolist() == [0, 1, 0, 0]   # latent 2 holds frames 5 to 8
    assert mask[:, 1].max() == 0


def test_only_whole_leading_latents_are_a_prefix():
    known = np.zeros((17, 4, 8), bool)
    known[:9] = True
    assert prefix_length(mask_channels(known)) == 3
    known[4, 0, 0] = False
    assert prefix_length(mask_channels(known)) == 1
    known[0, 0, 0] = False
    assert prefix_length(mask_channels(known)) == 0


def test_every_task_leaves_something_to_make_and_gives_something():
    for task in ('first', 'prefix', *VARIANTS):
        for frames in (17, 33, 49):
            for _ in range(30):
                known = known_map(task, frames, 20, 36, DRAW)
                assert known.any() and not known.all(), (task, frames)


def test_positions_mean_the_same_place_at_every_size():
    small, large = (rope_tables(2, rows, columns, 64, 32) for rows, columns in ((5, 9), (15, 27)))
    middle_small, middle_large = 2 * 9 + 4, 7 * 27 + 13
    assert torch.allclose(small[0][middle_small], large[0][middle_large], atol=1e-6)
    corner_gap = (small[1][0] - large[1][27 + 1]).abs().max()  # the same spot of the picture, one third of a token finer
    assert corner_gap < 1e-5
    assert torch.equal(small[0][-32:], torch.ones(32, 32)) and torch.equal(small[1][-32:], torch.zeros(32, 32))


def test_the_schedule_falls_from_one_to_zero_and_lingers_in_the_noise():
    schedule = sigmas(8, 3.)
    assert schedule[0] == 1 and schedule[-1] == 0 and (schedule.diff() < 0).all()
    assert torch.allclose(schedule[4], torch.tensor(.75))


def test_phases_follow_each_other_and_the_rate_falls_to_the_end():
    whole = ((SMALL, 17, 17, 1.),)
    recipe = DitTraining(phases=(Phase('stable', 4, whole), Phase('decay', 2, whole, rate=(1., .1))))
    seen = [recipe.at(step) for step in range(7)]
    assert [found and found[0].name for found in seen] == ['stable'] * 4 + ['decay'] * 2 + [None]
    assert [rate for _, rate in seen[:6]] == [1, 1, 1, 1, 1, .55]


def test_errors_that_come_and_go_count_as_jumps_and_errors_that_stay_do_not():
    weights = torch.ones(2, 1, 5, 20, 36)
    scattered = torch.randn(2, 24, 5, 20, 36, generator=torch.Generator().manual_seed(0))
    assert abs(_jumps(scattered, weights) / (2 * scattered.square().mean()) - 1) < .05   # over time, and over borders
    assert _jumps(torch.ones(2, 24, 5, 20, 36), weights) == 0
    tiles = torch.ones(2, 24, 5, 20, 36)
    tiles[..., 4:] = 0                                 # another error from the second column of tokens on
    assert _jumps(tiles, weights) > 0
