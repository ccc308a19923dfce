"""
Every constant of the recipe, in the order of the stages. Change numbers here and nowhere else.

Sizes are (width, height) in pixels; latent counts say so in their names.
"""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

DATA = Path(os.environ.get('LOOM_DATA', Path.home() / '.cache' / 'shotloom-train'))
"""Clips, latents and checkpoints; tens of gigabytes, never inside the repository."""

THREADS = int(os.environ.get('LOOM_THREADS', '2'))
DEVICE = os.environ.get('LOOM_DEVICE', 'cpu')

FPS = 12
SMALL = (288, 160)
LARGE = (512, 288)
SIZE_MULTIPLE = 32

# Seeds of what must never meet: clips trained on, clips validated on, clips of the judge, of the gate.
TRAIN_SEED = 0
VALIDATION_SEED = 1_000_000_000
JUDGE_SEED = 2_000_000_000
GATE_SEED = 3_000_000_000


@dataclass(frozen=True)
class VaeConfig:
    channels: int = 24
    patch: int = 8            # pixels per latent cell, both ways
    frames_per_latent: int = 4
    trunk: int = 96           # the encoder's channels on the /8 grid
    deep: int = 160           # channels on the /16 grid
    encoder_blocks: int = 2   # on /16; one more on /8
    decoder_blocks: int = 3   # on /16; two more on /8
    decoder_trunk: int = 128  # the decoder's channels on the /8 grid
    decoder_trunk_blocks: int = 3
    carrier: int = 16         # channels of the refine stage per quarter-size pixel
    refine: int = 32
    refine_blocks: int = 2


@dataclass(frozen=True)
class VaeTraining:
    pools: tuple = ((SMALL, 700), (LARGE, 240))   # clips rendered per size
    pool_frames: int = 17
    crops: int = 6
    crop_px: int = 64
    crop_frames: int = 9
    busiest_of: int = 4        # half the crops are the busiest of this many: flat sky teaches nothing
    busy_share: float = .6
    grey_share: float = .12    # crops with a grey rectangle or grey frames, as conditioning will encode
    rate: float = 2e-3
    decay_from: float = .5     # share of the run after which the rate follows a cosine to 1 %
    noise_from: float = .67    # share after which latents get up to `noise_late` sigma
    noise: float = .05
    noise_late: float = .18
    ema: float = .997
    steps: int = 15_000
    moving_weight: float = 3.  # extra weight of pixels that change between frames
    mse: float = 20.
    gradient: float = .5
    difference: float = .5
    ssim: float = .2
    checkpoint_seconds: int = 240


@dataclass(frozen=True)
class Finish:
    """
    The last round, of the sampler's last step and the decoder. The shipped decoder came to it by a longer way: 13,300
    steps with a narrower trunk and refine stage on older transformers, 1400 + 1700 alone once it was widened; then the
    first 984 of these steps had energy 3, critic 1.3 and no guard against coloured fringes, the next 1016 half of it;
    700 more, at half the rate, had `stray`, which none before them had, and 450, at seven tenths, energy 7.
    """
    shapes: tuple = ((SMALL, 1.),)      # sizes and their shares of the steps
    frames: int = 17
    clips: int = 640                    # of every size
    late_batch: int = 16
    sigma: tuple = (.7, .9)             # how far a clip is noised before the transformer brings it down
    steps: int = 3500
    crops: int = 2                      # clips a process sees in pixels, one crop of each
    crop_px: int = 128                  # wide enough to tell a cell's brightness from its neighbours'
    flow_clips: int = 3                 # clips a process gives the flow loss meanwhile
    uniform_share: float = .5
    seen: float = 1.                    # pull of what is seen on the transformer, as a share of the flow loss's
    busiest_of: int = 4
    busy_share: float = .6
    rate: float = 1e-3
    dit_rate: float = .2                # of the transformer's peak rates
    warm_up: int = 100
    ema: float = .997
    dit_ema: float = .995
    moving_weight: float = 1.
    mse: float = 3.
    gradient: float = .4
    difference: float = .5
    ssim: float = .35
    energy: float = 5.
    still: float = 2.
    seam: float = 1.
    stray: float = 10.
    critic: float = 1.6                 # its pull on the pixels, as a share of all the other losses'
    critic_rate: float = 4e-4
    windows: int = 4                    # of three frames, per crop
    checkpoint_seconds: int = 120


@dataclass(frozen=True)
class TextConfig:
    length: int = 32
    width: int = 256
    layers: int = 3
    heads: int = 4


@dataclass(frozen=True)
class TextTraining:
    steps: int = 900
    batch: int = 48
    rate: float = 1e-3
    agreement: float = 1.


@dataclass(frozen=True)
class JudgeTraining:
    reconstructed: int = 1500       # clips passed through the autoencoder, two thirds of them noised
    rendered: int = 1000
    held_back: int = 300
    lengths: tuple = (17, 33, 49)   # of the plain renders; the others have the first
    steps: int = 1200
    batch: int = 48
    rate: float = 1.5e-3


TEXT_SHARE = .56  # of the transformer's clips, once every task is taught


@dataclass(frozen=True)
class DitConfig:
    channels: int = 24
    width: int = 256
    blocks: int = 8
    head_width: int = 64
    stem: int = 144            # channels on the /16 grid
    bypass_kernel: int = 3
    mask_channels: int = 4
    text_length: int = 32
    text_width: int = 256


@dataclass(frozen=True)
class Phase:
    """
    A stretch of training on a mix of (size, frames of the stored set, frames used, share of steps).

    The causal autoencoder makes the first 17 frames of a stored 49-frame clip the same latents as a 17-frame clip,
    so one stored length serves all shorter ones.
    """
    name: str
    steps: int
    mix: tuple
    tokens_per_step: int = 7200     # video tokens; the batch follows from the clip's
    rate: tuple = (1., 1.)          # from, to, as a share of the peak; straight in between
    text_share: float = TEXT_SHARE  # clips made from words alone; the other tasks divide the rest
    uniform_share: float = .3       # of noise levels; the others are logit-normal, shifted
    scale_power: float = 0.         # a channel's error counts by its scale to this power; 2 is what it paints in pixels
    jumps: float = 0.               # extra weight of errors that differ between latent frames or across tokens
    ema: float = .998

    def batch_of(self, size, frames):
        tokens = (size[0] // 32) * (size[1] // 32) * (1 + frames // 4)
        return max(1, round(self.tokens_per_step / tokens))


@dataclass(frozen=True)
class DitTraining:
    phases: tuple = (
        Phase('stable', 4060, ((SMALL, 17, 17, 1.),), text_share=.75, uniform_share=.4, scale_power=1.),
        Phase('decay', 1400, ((SMALL, 17, 17, 1.),), rate=(1., .02), text_share=.9, uniform_share=.4, scale_power=1., jumps=1.),
        # What flickers is the coarse channels' error at little noise: half the loss of a step, most of what is seen.
        Phase('calm', 400, ((SMALL, 17, 17, 1.),), rate=(.3, .02), text_share=.9, uniform_share=.8, scale_power=2., jumps=1., ema=.99),
    )
    rate: float = 1e-3
    muon_rate: float = 2e-3
    warm_up: int = 100
    empty_share: float = .1         # captions left out, for guidance
    shift: float = 3.
    prefix_sigma: float = .15       # known prefixes carry up to this much noise
    subject_weight: float = 2.      # extra loss where the subject is: what is bad is what is small and moves
    outline_weight: float = .1      # of the middle block's guess where the subject is
    given_weight: float = .3        # loss on cells that the condition gives away
    report_steps: int = 100
    checkpoint_seconds: int = 300
    refresh_seconds: int = 300      # how often to look for new shards

    def at(self, step):
        """(phase, rate share) of a step, or None after the last."""
        for phase in self.phases:
            if step < phase.steps:
                return phase, phase.rate[0] + (phase.rate[1] - phase.rate[0]) * step / phase.steps
            step -= phase.steps
        return None


@dataclass(frozen=True)
class Shipped:
    """What the pack's manifest says about using it."""
    version: str = '0.3.1'
    sizes: tuple = (SMALL,)            # the default first
    frames: tuple = (1, 17)
    default_frames: int = 17
    frames_trained: str = '17'
    steps: int = 6                     # more add grain: 8 at shift 3 move 1.14 times as much between frames
    shift: float = 6.25                # the last step starts at sigma .556, which `finish` taught it to end from
    guidance: float = 2.5
    guide_above: float = .6
    tasks: tuple = ('text',)


LEVEL = {
    'en': 'Sketch level, 1.4 seconds: light, place, subject, colour and direction follow the prompt; what moves is fairly crisp, backgrounds are soft, small things dissolve, birds and cats are rough.',
    'zh': '草图级，1.4 秒：光线、地点、主体、颜色和方向符合提示词；运动的主体较清楚，背景偏软，细小的东西会糊在一起，鸟和猫较粗糙。',
}
WEAKNESSES = '''* What moves is softer than a render (the line on sharpness above); a few pixels of green or yellow may stand at its edges.
* Birds are coloured smears, cats are rough; skylines, trees and clouds are painterly.
* Two subjects, text, weather and camera moves: it has never seen any.
* A subject outside the places listed above, and any word it does not know.
* Longer shots: asked for 33 frames it keeps scene and subject, but the motion stalls or turns back, so it is not offered.'''
