"""tiny-loom: the same pack format, graphs and tokenizer rule with a few random weights, for the app's tests."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from ..config import DitConfig, TextConfig, VaeConfig
from ..data.clips import render
from ..data.latents import Normaliser
from ..dit.model import Dit
from ..scene.spec import sample_spec
from ..text.model import TextEncoder
from ..vae.klt import fit_klt, for_vae
from ..vae.model import Vae, repeat_first
from ..words.vocabulary import tokenizer_table, vocabulary_size
from .golden import record, record_tokens
from .graphs import rounded
from .pack import write_pack

VAE = replace(VaeConfig(), trunk=8, decoder_trunk=8, deep=8, carrier=4, refine=4)
TEXT = TextConfig(length=32, width=16, layers=1, heads=2)
DIT = replace(DitConfig(), width=16, blocks=2, head_width=8, stem=8, text_width=16, bypass_kernel=1)
WORDS = {'subject': ('car', 'sailboat', 'cat'), 'colour': ('red', 'orange'), 'time': ('night',), 'setting': ('sea', 'room'), 'motion': ('left', 'right')}
SCHEDULER = {'shift': 3, 'scale': 2.5, 'aboveSigma': .6}


def tiny_parts():
    torch.manual_seed(4)
    table = _small_table()
    clips = np.stack([render(sample_spec(i), (96, 64), 9) for i in range(12)])
    vae = Vae(VAE, for_vae(fit_klt(clips, VAE), VAE.channels))
    encoder, dit = TextEncoder(TEXT, vocabulary_size(table)), Dit(DIT, torch.linspace(2.5, .5, VAE.channels))
    _shake(vae, .02), _shake(encoder, .3), _shake(dit, .12)
    for module in (vae, encoder, dit):
        rounded(module)
    with torch.no_grad():
        raw = torch.cat([vae.encode(repeat_first(torch.from_numpy(c[None]).float().div(127.5).sub(1).transpose(1, 2))) for c in clips])
    return {'vae': vae, 'encoder': encoder, 'dit': dit, 'tokenizer_table': table,
            'normaliser': Normaliser(raw.mean((0, 2, 3, 4)), raw.std((0, 2, 3, 4)) / dit.scale, dit.scale)}


def write_tiny(folder):
    parts = tiny_parts()
    write_pack(folder, parts, {
        'head': {'id': 'tiny-loom', 'version': '0.0.1', 'name': 'Tiny Loom'},
        'tail': {
            'scheduler': {'kind': 'flow-match-euler', 'shift': SCHEDULER['shift']},
            'guidance': {'scale': SCHEDULER['scale'], 'aboveSigma': SCHEDULER['aboveSigma']},
            'sizes': [{'width': w, 'height': h} for w, h in ((96, 64), (64, 96), (64, 64))], 'frames': {'min': 1, 'max': 17},
            'defaults': {'steps': 4, 'frames': 9, 'width': 96, 'height': 64}, 'tasks': ['text'],
            'level': {'en': 'Random weights for tests: it draws noise.', 'zh': '测试用随机权重：只会画噪声。'},
            'metrics': {}, 'provenance': {'trainedBy': 'nobody', 'data': 'none', 'commit': '', 'steps': 0, 'clipViews': 0},
        },
    })
    record(Path(folder) / 'golden', parts, SCHEDULER)
    record_tokens(Path(folder) / 'golden' / 'tokenizer.json', parts['tokenizer_table'], captions=40)


def _shake(module, amount):
    """Zero-initialised layers would hide mistakes: everything learned gets a little noise."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(torch.randn_like(parameter) * amount)


def _small_table():
    """The full rule with a few words."""
    full = tokenizer_table()
    keep = {w for field, values in WORDS.items() for v in values for language in ('en', 'zh') for w in full['fields'][field][v][language]}
    keep |= {'a', 'the', 'from', 'to', 'past', 'at', 'in', 'on', 'move', 'moon', '一只', '一艘', '的', '在', '里', '移动', '慢慢'}
    next_id, tables = 2, {}
    for name in ('latin', 'han'):
        tables[name] = {}
        for word in full[name]:
            if word in keep:
                tables[name][word], next_id = next_id, next_id + 1
    known = {**tables['latin'], **tables['han']}
    synonyms = {s: w for s, w in full['synonyms'].items() if all(part in known for part in w.split())}
    synonyms['redboat'] = 'red sailboat'
    fields = {f: {v: full['fields'][f][v] for v in values} for f, values in WORDS.items()}
    return {**full, **tables, 'synonyms': synonyms, 'fields': fields}
