"""What the last training looks at: what shimmers, seams, combs, and the critic's windows."""

import torch

from .critic import Critic, roughness, windows
from .losses import energy_loss, seam_loss, still_loss, stray_loss

WALL = torch.zeros(1, 3, 9, 32, 32)


def test_a_wall_that_stays_costs_nothing_and_one_that_pops_with_a_new_latent_costs_most():
    pops = lambda frame: WALL + (torch.arange(9) >= frame).view(1, 1, -1, 1, 1) * .1
    assert still_loss(WALL, WALL) == 0
    assert still_loss(WALL + .3, WALL) == 0           # another wall, but the same one all along
    assert still_loss(pops(5), WALL) > 2 * still_loss(pops(6), WALL)


def test_what_truly_moves_may_change():
    moving = torch.rand(WALL.shape, generator=torch.Generator().manual_seed(0)) * 2 - 1
    assert still_loss(moving, moving) < 1e-3


def test_a_step_across_a_cell_costs_where_the_truth_is_flat_and_nowhere_else():
    step = lambda column: WALL + (torch.arange(32) >= column) * .1
    assert seam_loss(WALL, WALL) == 0
    assert seam_loss(step(16), WALL) > 0
    assert seam_loss(step(12), WALL) == 0
    assert seam_loss(step(16), step(16)) == 0


def test_the_critic_sees_a_frame_and_what_follows_changes_in_it():
    clips = torch.rand(2, 3, 9, 32, 32)
    seen = windows(clips, [0, 4])
    assert seen.shape == (4, 9, 32, 32)
    assert torch.equal(seen[2, :3], clips[0, :, 4])
    assert windows(WALL, [3])[:, 3:].abs().max() == 0
    logits, features = Critic()(seen)
    assert logits.shape == (4, 1, 4, 4) and len(features) == 3


def test_a_critic_that_judges_all_alike_is_smooth_and_any_other_is_not():
    critic, seen = Critic(), windows(torch.rand(2, 3, 9, 32, 32), [0, 4])
    assert roughness(critic, seen) > 0
    torch.nn.init.zeros_(critic.judge.weight)
    assert roughness(critic, seen) == 0


def test_what_moves_in_another_place_costs_little_more_than_a_shimmer():
    jump = lambda size: WALL + (torch.arange(9) >= 5).view(1, 1, -1, 1, 1) * size
    assert still_loss(jump(.8), WALL) < 1.3 * still_loss(jump(.1), WALL)


def test_a_comb_of_single_pixels_is_not_taken_for_crispness():
    edge = WALL + (torch.arange(32) >= 16) * 1.
    soft = WALL + ((torch.arange(32) - 12) / 8).clamp(0, 1)
    comb = soft + (torch.arange(32) % 2) * .2
    assert energy_loss(edge, edge) == 0
    assert energy_loss(comb, edge) > energy_loss(soft, edge)


def test_a_coloured_fringe_is_not_taken_for_crispness():
    tints = lambda *colours: torch.tensor(colours).view(1, 3, 1, 1, 1)
    edge = WALL + (torch.arange(32) >= 16) * tints(1., 1., 1.)
    soft = WALL + ((torch.arange(32) - 14) / 4).clamp(0, 1) * tints(1., 1., 1.)
    fringe = soft + ((torch.arange(32) // 2) == 8) * tints(.4, -.8, .4)
    assert energy_loss(fringe, edge) > energy_loss(soft, edge)


def test_a_colour_from_nowhere_costs_and_an_edge_that_lies_a_little_off_does_not():
    tints = lambda *colours: torch.tensor(colours).view(1, 3, 1, 1, 1)
    edge = lambda at: tints(-.5, 0., .8) + (torch.arange(32) >= at) * tints(1.3, .2, -1.6) + WALL
    rim = ((torch.arange(32) // 2) == 8) * tints(-.6, .9, -.2)
    assert stray_loss(edge(16), edge(16)) == 0
    assert stray_loss(edge(19), edge(16)) == 0
    assert stray_loss(edge(16) + rim, edge(16)) > 0
