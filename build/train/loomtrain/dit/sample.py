"""From noise to latents: the Euler flow sampler of the app, in torch. All numbers are the pack's."""

import torch

from .rope import rope_tables, sinusoid


def sigmas(steps, shift):
    """steps + 1 values from 1 to 0: a straight line bent towards the noisy end. Source: Esser et al. 2024, arXiv:2403.03206."""
    line = torch.linspace(1, 0, steps + 1, dtype=torch.float64)
    return (shift * line / (1 + (shift - 1) * line)).float()


def predict(dit, latents, condition, mask, sigma, text, step_size=None):
    """The velocity; fills in what follows from the shapes. `sigma` [batch, frames]; `step_size` [batch] or None."""
    batch, _, frames, h, w = latents.shape
    step_size = torch.zeros(batch) if step_size is None else step_size
    cos, sin = rope_tables(frames, h // 4, w // 4, dit.config.head_width, dit.config.text_length)
    return dit(latents, condition, mask, sigma, sinusoid(sigma), step_size, sinusoid(step_size), cos, sin, text)


@torch.no_grad()
def sample(dit, noise, text, empty_text, steps=8, shift=3., guidance=2.5, guide_above=.6, condition=None, mask=None,
           prefix=None, prefix_sigma=0., report=None):
    """
    Latents [batch, channels, frames, h, w], normalised, from `noise` of the same shape.

    `text`, `empty_text`: [batch, 32, width] of the prompt and of the empty prompt. Guidance acts while sigma is above
    `guide_above`: below it the words no longer matter and it only adds grain. `prefix` [batch, frames] bool marks latent
    frames that are known whole; they stay at `prefix_sigma` throughout. `report(step, sigma, velocities, latents)`.
    """
    condition = torch.zeros_like(noise) if condition is None else condition
    mask = torch.zeros(noise.shape[0], dit.config.mask_channels, *noise.shape[2:]) if mask is None else mask
    prefix = torch.zeros(noise.shape[0], noise.shape[2], dtype=torch.bool) if prefix is None else prefix
    held = prefix[:, None, :, None, None]
    x = torch.where(held, (1 - prefix_sigma) * condition + prefix_sigma * noise, noise)
    schedule = sigmas(steps, shift)
    for step in range(steps):
        now, after = schedule[step].item(), schedule[step + 1].item()
        sigma = torch.where(prefix, torch.tensor(prefix_sigma), torch.tensor(now))
        told = predict(dit, x, condition, mask, sigma, text).float()
        untold = None
        velocity = told
        if guidance != 1 and now > guide_above:
            untold = predict(dit, x, condition, mask, sigma, empty_text).float()
            velocity = untold + guidance * (told - untold)
        x = torch.where(held, x, x + (after - now) * velocity)
        if report:
            report(step, now, (told, untold), x)
    return torch.where(held, condition, x)
