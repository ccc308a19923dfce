"""The fixed prompts of the gate: 64 combinations never trained on, half of them Chinese, two seeds each."""

import numpy as np

from .. import config
from ..scene.spec import SceneSpec, every_combination, is_held_out, motions_of
from ..words.captions import write_caption

COUNT, SEEDS = 64, (1, 2)


def gate_prompts():
    """[{prompt, language, seed, fields}], prompt by prompt, its seeds together. Always the same list."""
    draw = np.random.default_rng(2026)
    combinations = [c for c in every_combination() if is_held_out(*c)]
    chosen = [combinations[i] for i in sorted(draw.permutation(len(combinations))[:COUNT])]
    rows = []
    for index, combination in enumerate(chosen):
        motions = motions_of(combination[0])
        spec = SceneSpec(*combination, motions[index // 2 % len(motions)], config.GATE_SEED + index)
        language = ('en', 'zh')[index % 2]
        prompt, _ = write_caption(spec, language, draw, drops=False, noise=False)
        rows += [{'prompt': prompt, 'language': language, 'seed': seed, 'fields': spec.words()} for seed in SEEDS]
    return rows
