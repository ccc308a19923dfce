"""Exports Loom Mini: the trained parts to a pack folder, its card, and the recorded tensors beside the tests."""

import json
from dataclasses import asdict
from pathlib import Path

from .. import checkpoint, config
from ..data.latents import Normaliser
from ..dit.train import load as load_dit
from ..text.train import load as load_text
from ..vae.train import load as load_vae
from .card import write_card
from .golden import record, record_tokens
from .graphs import rounded
from .pack import commit_of_recipe, write_pack


def trained_parts(dit_name='dit', vae_name='vae'):
    """Every trained part with the weights that storage leaves it, and the transformer's checkpoint state."""
    encoder, tokenizer = load_text()
    dit, state = load_dit(dit_name)
    parts = {'vae': load_vae(vae_name), 'dit': dit, 'encoder': encoder, 'tokenizer_table': tokenizer.table, 'normaliser': Normaliser.load()}
    for name in ('vae', 'dit', 'encoder'):
        rounded(parts[name])
    return parts, state


def export(folder, golden_folder=None, metrics_file=None, dit_name='dit', vae_name='vae'):
    """`metrics_file`: the JSON that `evaluate --out` wrote; its figures go into the manifest and the card."""
    parts, state = trained_parts(dit_name, vae_name)
    metrics = json.loads(Path(metrics_file).read_text()) if metrics_file else {}
    shipped, level = config.Shipped(), config.LEVEL
    manifest = write_pack(folder, parts, {
        'head': {'id': 'loom-mini', 'version': shipped.version, 'name': 'Loom Mini'},
        'tail': {
            'scheduler': {'kind': 'flow-match-euler', 'shift': shipped.shift},
            'guidance': {'scale': shipped.guidance, 'aboveSigma': shipped.guide_above},
            'sizes': [{'width': w, 'height': h} for w, h in shipped.sizes],
            'frames': {'min': shipped.frames[0], 'max': shipped.frames[1]},
            'defaults': {'steps': shipped.steps, 'frames': shipped.default_frames, 'width': shipped.sizes[0][0], 'height': shipped.sizes[0][1]},
            'tasks': list(shipped.tasks), 'level': level, 'metrics': metrics,
            'provenance': {'trainedBy': 'Shotloom project', 'data': 'procedurally rendered by build/train', 'commit': commit_of_recipe(),
                           'steps': state['step'], 'clipViews': state['views'], 'vaeSteps': checkpoint.load('vae')['step'], 'decoderFinishSteps': checkpoint.load(vae_name)['step'] if vae_name != 'vae' else 0,
                           'framesTrained': shipped.frames_trained,
                           'transformer': asdict(parts['dit'].config)},
        },
    })
    write_card(Path(folder) / 'CARD.md', manifest)
    if golden_folder:
        record(golden_folder, parts, {'shift': shipped.shift, 'scale': shipped.guidance, 'aboveSigma': shipped.guide_above})
        record_tokens(Path(golden_folder) / 'tokenizer.json', parts['tokenizer_table'])
    print(f'{folder}: {sum(p.stat().st_size for p in Path(folder).iterdir()) / 1e6:.1f} MB')
