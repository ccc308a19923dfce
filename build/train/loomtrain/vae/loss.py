"""What the autoencoder is trained on and measured by. Pixels here are [batch, 3, frames, h, w] in [-1, 1]."""

import math

import torch
import torch.nn.functional as F


def reconstruction_loss(made, truth, weights):
    """
    Charbonnier + MSE + gradients + frame differences + SSIM, moving pixels weighted up.

    A strong MSE (x20) keeps the sharpness of the linear start, which Charbonnier alone loses in the first
    thousand steps (EMBEDDED_PACK_RUN.md 1: .36 to .32).
    """
    error = (made - truth) / 2  # constants were tuned on [0, 1]
    moving = 1 + weights.moving_weight * moving_pixels(truth)
    square = error * error
    loss = ((square + 1e-6).sqrt() * moving).mean() + weights.mse * (square * moving).mean()
    loss = loss + weights.gradient * ((error[..., 1:] - error[..., :-1]).abs() * moving[..., 1:]).mean()
    loss = loss + weights.gradient * ((error[..., 1:, :] - error[..., :-1, :]).abs() * moving[..., 1:, :]).mean()
    loss = loss + weights.difference * (error[:, :, 1:] - error[:, :, :-1]).abs().mean()
    return loss + weights.ssim * (1 - _ssim((made + 1) / 2, (truth + 1) / 2))


def moving_pixels(truth, threshold=.05):
    """float [batch, 1, frames, h, w]: 1 where a pixel differs clearly from the frame before or after."""
    change = ((truth[:, :, 1:] - truth[:, :, :-1]).abs().sum(1, keepdim=True) > 2 * threshold).float()
    none = torch.zeros_like(change[:, :, :1])
    return torch.maximum(torch.cat([none, change], 2), torch.cat([change, none], 2))


def _ssim(made, truth):
    a, b = made.transpose(1, 2).flatten(0, 1), truth.transpose(1, 2).flatten(0, 1)
    blur = lambda x: F.avg_pool2d(x, 7, 3)
    mean_a, mean_b = blur(a), blur(b)
    var_a, var_b, both = blur(a * a) - mean_a ** 2, blur(b * b) - mean_b ** 2, blur(a * b) - mean_a * mean_b
    score = (2 * mean_a * mean_b + 1e-4) * (2 * both + 9e-4)
    return (score / ((mean_a ** 2 + mean_b ** 2 + 1e-4) * (var_a + var_b + 9e-4))).mean()


class Quality:
    """Collects PSNR overall, on edges, on movers, and how much edge gradient survives; all against the truth."""

    def __init__(self):
        self.sums = dict.fromkeys(('square', 'all', 'edge_square', 'edge', 'mover_square', 'mover', 'made_gradient', 'true_gradient', 'mover_made', 'mover_true'), 0.)

    def add(self, made, truth):
        made, truth = ((x.float().clamp(-1, 1) + 1) / 2 for x in (made, truth))
        square = (made - truth).pow(2).mean(1, keepdim=True)
        across = lambda x: (x[..., 1:] - x[..., :-1]).abs().sum(1, keepdim=True)
        true_gradient, made_gradient = across(truth), across(made)
        edge = (true_gradient > .15).float()
        mover = moving_pixels(truth * 2 - 1)
        near = mover[..., 1:]
        for key, value in {
            'square': square, 'all': torch.ones_like(square), 'edge_square': square[..., 1:] * edge, 'edge': edge,
            'mover_square': square * mover, 'mover': mover, 'made_gradient': made_gradient * edge, 'true_gradient': true_gradient * edge,
            'mover_made': made_gradient.square() * near, 'mover_true': true_gradient.square() * near,
        }.items():
            self.sums[key] += value.double().sum().item()

    def figures(self):
        s = self.sums
        decibels = lambda square, count: -10 * math.log10(max(square, 1e-12) / max(count, 1.))
        return {
            'psnr': decibels(s['square'], s['all']),
            'edge': decibels(s['edge_square'], s['edge']),
            'mover': decibels(s['mover_square'], s['mover']),
            'sharp': s['made_gradient'] / max(s['true_gradient'], 1e-9),
            'mover_sharp': s['mover_made'] / max(s['mover_true'], 1e-9),
        }


def show(figures):
    return ' '.join(f'{name} {value:.2f}' for name, value in figures.items())
