"""Trains the diffusion transformer on latent sets, phase after phase, resumable at any time."""

import time

import numpy as np
import torch
import torch.nn.functional as F

from .. import checkpoint, config
from ..data.latents import LatentSet, Normaliser
from ..text.train import load as load_text
from ..together import run_together
from ..vae.train import load as load_vae
from .batch import Batch
from .model import Dit
from .rope import rope_tables, sinusoid


def load(name='dit', dit_config=config.DitConfig()):
    """(dit with averaged weights in evaluation mode, state) of a checkpoint."""
    state = checkpoint.load(name)
    dit = Dit(dit_config, state['average']['scale'])
    dit.load_state_dict(state['average'])
    return dit.eval().to(memory_format=torch.channels_last), state


def train(recipe=config.DitTraining(), dit_config=config.DitConfig(), name='dit', minutes=None, workers=1):
    """
    Runs the recipe's phases from where the last checkpoint stood, for `minutes` at most. The end of every phase is
    kept beside it as NAME-PHASE, optimizers and all: longer training goes on from before a decay, not from after it.
    """
    torch.set_num_threads(config.THREADS)
    run_together(workers, _train, recipe, dit_config, name, minutes)


def _train(crew, recipe, dit_config, name, minutes):
    encoder, tokenizer = load_text()
    sets = {(size, stored): LatentSet(size, stored) for phase in recipe.phases for size, stored, _, _ in phase.mix}
    normaliser = Normaliser.load() if Normaliser.path().exists() else Normaliser.fit(load_vae(), sets[recipe.phases[0].mix[0][:2]])
    torch.manual_seed(0)  # every process starts from the same weights
    dit = Dit(dit_config, normaliser.scale).to(memory_format=torch.channels_last)
    state = checkpoint.load(name)
    if state:
        dit.load_state_dict(state['weights'])
    average = checkpoint.Average(dit, recipe.phases[0].ema, state['average'] if state else None)
    optimizers = new_optimizers(dit, recipe)
    step, views = (state['step'], state['views']) if state else (0, 0)
    if state:
        for optimizer, saved in zip(optimizers, state['optimizers']):
            optimizer.load_state_dict(saved)
    peaks = [[group['peak'] for group in o.param_groups] for o in optimizers]
    run = torch.compile(dit, dynamic=False)  # a few shapes, each compiled once
    draw, draw_torch = np.random.default_rng([11, step, crew.rank]), torch.Generator().manual_seed(step * crew.workers + crew.rank)
    keep_due, look_due = checkpoint.Every(recipe.checkpoint_seconds), checkpoint.Every(recipe.refresh_seconds)
    parameters, shapes = list(dit.parameters()), np.random.default_rng([13, step])
    say = (lambda *words: print(*words, flush=True)) if crew.is_first else lambda *words: None
    say(f'{sum(p.numel() for p in parameters) / 1e6:.2f} M parameters from step {step},', {f'{k[0][0]}x{k[0][1]}x{k[1]}': len(s) for k, s in sets.items()})

    def keep(under=name):
        if crew.is_first:
            checkpoint.save(under, weights=dit.state_dict(), average=average.state(dit), step=step, views=views,
                            optimizers=[o.state_dict() for o in optimizers])

    started, began, losses = time.monotonic(), step, []
    while (found := recipe.at(step)) and (minutes is None or crew.agrees(time.monotonic() - started < 60 * minutes)):
        phase, rate = found
        for optimizer, tops in zip(optimizers, peaks):
            for group, peak in zip(optimizer.param_groups, tops):
                group['lr'] = peak * rate * min(1, (step + 1) / recipe.warm_up)
        size, stored, frames, _ = phase.mix[shapes.choice(len(phase.mix), p=[row[-1] for row in phase.mix])]
        batch = Batch(sets[size, stored], frames, phase.text_share, normaliser, tokenizer, recipe, crew.share_of(phase.batch_of(size, frames)), draw)
        noisy, noise, sigma, weights = batch.noised(recipe, phase.uniform_share, draw_torch)
        with torch.no_grad(), torch.autocast(config.DEVICE, torch.bfloat16):
            text = encoder(batch.tokens)
        velocity, outline = _predict(run, dit_config, noisy, batch, sigma, text)
        loss = flow_loss(velocity, noise - batch.clean, weights, dit.scale, phase.scale_power, phase.jumps)
        # Knowing where the subject is, as a task of its own: its outline is a small part of the error above.
        shape_loss = F.binary_cross_entropy_with_logits(outline.float(), _outline(batch.cover))
        for optimizer in optimizers:
            optimizer.zero_grad()
        (loss + recipe.outline_weight * shape_loss).backward()
        crew.mean_gradients(parameters)
        torch.nn.utils.clip_grad_norm_(parameters, 1.)
        for optimizer in optimizers:
            optimizer.step()
        average.decay = phase.ema
        average.update(dit)
        step, views = step + 1, views + crew.workers * len(batch.clean)
        losses.append((loss.item(), shape_loss.item()))
        if step % recipe.report_steps == 0:
            recent = np.mean(losses[-recipe.report_steps:], 0)
            say(f'{step} {phase.name} views {views} {(time.monotonic() - started) / (step - began):.3f} s/step loss {recent[0]:.4f} outline {recent[1]:.4f} rate {rate:.3f}')
        if keep_due():
            keep()
        if recipe.at(step) is None or recipe.at(step)[0] is not phase:
            keep(f'{name}-{phase.name}')
        if look_due():
            for s in sets.values():
                s.refresh()
    keep()


def flow_loss(velocity, true_velocity, weights, scale, scale_power, jumps):
    """
    Mean square error of velocities [batch, channels, t, h, w]. `weights` [batch, 1, t, h, w]; `scale` [channels] and its
    power as in Phase, `jumps` the extra weight of errors that differ between latent frames and across tokens.
    """
    error = (velocity.float() - true_velocity) * _channel_weights(scale, scale_power).sqrt()
    return (error.square() * weights).mean() / weights.mean() + jumps * _jumps(error, weights)


def _channel_weights(scale, power):
    weights = scale ** power
    return (weights / weights.mean()).view(1, -1, 1, 1, 1)


def _jumps(error, weights):
    """
    How much of the error differs between neighbouring latent frames and across the borders of tokens; the plain mean
    square if neighbours err independently, 0 if they err alike. An error that stays is a slightly other scene; one that
    comes and goes every fourth frame is seen as a flicker, one that ends at a border as a tile.
    """
    def jump(dim, every):
        at = torch.arange(every - 1, error.shape[dim] - 1, every)
        step = error.index_select(dim, at) - error.index_select(dim, at + 1)
        near = torch.minimum(weights.index_select(dim, at), weights.index_select(dim, at + 1))
        return (step.square() * near).mean() / (2 * near.mean().clamp_min(1e-6))
    over_time = jump(2, 1) if error.shape[2] > 1 else 0.
    return over_time + (jump(3, TOKEN_CELLS) + jump(4, TOKEN_CELLS)) / 2


TOKEN_CELLS = 4  # latent cells along a side of a token


def _predict(run, dit_config, noisy, batch, sigma, text):
    size, _, frames, h, w = noisy.shape
    cos, sin = rope_tables(frames, h // 4, w // 4, dit_config.head_width, dit_config.text_length)
    none = torch.zeros(size)
    with torch.autocast(config.DEVICE, torch.bfloat16):
        return run(noisy, batch.condition, batch.mask, sigma, sinusoid(sigma), none, sinusoid(none), cos, sin, text, with_outline=True)


def _outline(cover):
    """[batch, 1, t, h, w] in [0, 1] to the cells of each token, [batch, t, tokens, 16]."""
    batch, _, frames, h, w = cover.shape
    cells = F.pixel_unshuffle(cover.reshape(batch * frames, 1, h, w), 4)
    return cells.flatten(2).transpose(1, 2).reshape(batch, frames, -1, 16)


def new_optimizers(dit, recipe):
    """Muon for the blocks' matrices (the caption is used earlier: EMBEDDED_PACK_RUN.md 2), AdamW for everything else."""
    matrices = [p for block in dit.blocks for p in (block.qkv.weight, block.merge.weight, block.widen.weight, block.narrow.weight)]
    chosen = {id(p) for p in matrices}
    others = [p for p in dit.parameters() if id(p) not in chosen]
    muon = torch.optim.Muon(matrices, lr=recipe.muon_rate, momentum=.95, nesterov=True, weight_decay=.01, ns_steps=4, adjust_lr_fn='match_rms_adamw')
    adam = torch.optim.AdamW(others, lr=recipe.rate, betas=(.9, .98), weight_decay=.01, fused=True)
    for optimizer in (muon, adam):
        for group in optimizer.param_groups:
            group['peak'] = group['lr']
    return [muon, adam]
