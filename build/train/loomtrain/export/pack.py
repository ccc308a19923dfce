"""Writes a pack folder: graphs, tokenizer, manifest."""

import hashlib
import json
import subprocess
from pathlib import Path

from .. import config
from ..dit.rope import describe
from . import graphs


def write_pack(folder, parts, about):
    """
    `parts`: dict of encoder, tokenizer_table, dit, vae, normaliser (weights already rounded for storage).
    `about`: the manifest entries that differ from pack to pack (id, name, sizes, defaults, level, metrics, provenance ...).
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    vae, dit, table = parts['vae'], parts['dit'], parts['tokenizer_table']
    models = {
        'text-encoder': graphs.text_graph(parts['encoder'], table['maxLength']), 'transformer': graphs.transformer_graph(dit),
        'vae-encoder': graphs.encoder_graph(vae), 'vae-decoder': graphs.decoder_graph(vae),
    }
    for name, model in models.items():
        graphs.save(model, folder, name)
    (folder / 'tokenizer.json').write_text(json.dumps(table, ensure_ascii=False, indent=1) + '\n')
    names = [f'{n}{suffix}' for n in models for suffix in ('.onnx', '.onnx.data')] + ['tokenizer.json']
    manifest = {
        'format': 'shotloom-pack/1', **about['head'], 'family': 'loom',
        'license': {'id': 'Apache-2.0', 'url': 'https://www.apache.org/licenses/LICENSE-2.0', 'mustAccept': False},
        'components': {key: _component(name, models[name]) for key, name in (
            ('textEncoder', 'text-encoder'), ('transformer', 'transformer'), ('vaeEncoder', 'vae-encoder'), ('vaeDecoder', 'vae-decoder'))},
        'files': [_file(folder / name) for name in names],
        'latent': {'channels': vae.config.channels, 'spatial': vae.config.patch, 'temporal': vae.config.frames_per_latent, 'framesRule': '4k+1',
                   'sizeMultiple': config.SIZE_MULTIPLE, 'mean': parts['normaliser'].mean.tolist(), 'std': parts['normaliser'].std.tolist()},
        'text': {'tokenizer': 'tokenizer.json', 'maxLength': table['maxLength']},
        'rope': describe(dit.config.head_width),
        'conditioning': {'layout': 'loom'},
        'vae': {'decode': 'stream', 'encoderCaches': _caches(vae.encoder_caches()), 'decoderCaches': _caches(vae.decoder_caches())},
        'rate': {'num': config.FPS, 'den': 1}, **about['tail'],
    }
    (folder / 'pack.json').write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + '\n')
    return manifest


def commit_of_recipe():
    """The commit this recipe stands at, for the provenance."""
    return subprocess.run(['git', 'rev-parse', 'HEAD'], cwd=Path(__file__).parent, capture_output=True, text=True).stdout.strip()


def _caches(caches):
    return [{'channels': channels, 'scale': cell} for channels, cell in caches]


def _component(name, model):
    shape = lambda value: [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
    return {'graph': f'{name}.onnx', 'dtype': 'float16', 'opset': graphs.OPSET,
            'inputs': {v.name: shape(v) for v in model.graph.input}, 'outputs': {v.name: shape(v) for v in model.graph.output},
            'providers': ['cpu']}


def _file(path):
    content = path.read_bytes()
    return {'path': path.name, 'bytes': len(content), 'sha256': hashlib.sha256(content).hexdigest()}
