"""
What finished clips must not do: pop with every new latent, show the grid of cells, answer doubt with blur, or with
colours from nowhere.

Every loss takes clips [batch, 3, frames, h, w] in [-1, 1] whose first frame is a latent of its own, and gives a scalar.
"""

import torch
import torch.nn.functional as F

from ..vae.loss import moving_pixels


def still_loss(made, truth):
    """
    The share of pixels that change where nothing does: halos around what moves, and every new latent's slightly other
    guess of the same wall. Counted rather than summed: many small changes are seen as shimmer and can be taken away, a
    large one is something that moves in another place than the true one, and asking it to stand still would blur it.
    """
    still = ((truth[:, :, 1:] - truth[:, :, :-1]).abs().sum(1, keepdim=True) < .04).float()
    change = (made[:, :, 1:] - made[:, :, :-1]).abs().sum(1, keepdim=True)
    seen = change / (change + SEEN) * still
    return (seen.mean() + seen[:, :, ::4].mean()) / 2


SEEN = .1  # of three colours from -1 to 1 together: a change of 4/255 in each counts half


def seam_loss(made, truth):
    """Steps that flat regions have across the borders of cells; crops start on every second border."""
    loss = 0.
    for dim in (-1, -2):
        step, true = made.diff(dim=dim), truth.diff(dim=dim)
        at = torch.arange(7, step.shape[dim], 8)
        step, true = step.index_select(dim, at), true.index_select(dim, at)
        loss = loss + ((step - true).abs() * (true.abs().sum(1, keepdim=True) < .2)).mean() / 2
    return loss


def energy_loss(made, truth):
    """
    How strong edges are, rather than where: local gradient energy, compared. Squared error alone answers every doubt
    with blur; this asks for an edge as crisp as the true one even where it may lie a pixel off.
    """
    weight = 1 + 2 * F.avg_pool2d(moving_pixels(truth).flatten(0, 2)[:, None], 8)
    energy = lambda x: F.avg_pool2d(x.square().sum(1).flatten(0, 1)[:, None], 8, 8).add(1e-4).sqrt()
    weighted = lambda x: (x * weight[..., :x.shape[-2], :x.shape[-1]]).mean()
    loss = 0.
    for dim in (-1, -2):
        a, b = (energy(_halved(x, dim).diff(dim=dim)) for x in (made, truth))
        fine_a, fine_b = (energy(x.diff(dim=dim).diff(dim=dim)) for x in (made, truth))
        tint_a, tint_b = (energy(_tints(x).diff(dim=dim)) for x in (made, truth))
        # Energy is cheapest made by combs of light and dark pixels and by coloured fringes: the finest band and the
        # tints may be short of the true ones, never over.
        loss = loss + weighted((a - b).abs()) + weighted(F.relu(fine_a - fine_b)) + 2 * weighted(F.relu(tint_a - tint_b))
    return loss


def stray_loss(made, truth):
    """
    Tints that the truth has nowhere near: the green rim of an orange car before a blue sky, which is neither. An edge
    that lies some pixels off costs nothing.
    """
    tint, true = (_tints(x).transpose(1, 2).flatten(0, 1) for x in (made, truth))
    most, least = F.max_pool2d(true, NEAR, 1, NEAR // 2), -F.max_pool2d(-true, NEAR, 1, NEAR // 2)
    return (F.relu(tint - most) + F.relu(least - tint)).mean()


NEAR = 9  # pixels across


def _tints(x):
    """What is left of the colours without their lightness."""
    return x - x.mean(1, keepdim=True)


def _halved(x, dim):
    """The mean of neighbours, in which a comb of single pixels has no energy."""
    return (x.narrow(dim, 0, x.shape[dim] - 1) + x.narrow(dim, 1, x.shape[dim] - 1)) / 2
