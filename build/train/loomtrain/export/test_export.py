"""The exported graphs against PyTorch, on the tiny pack: the same code exports the real one."""

import json

import numpy as np
import onnxruntime
import pytest
import torch

from ..dit.rope import rope_tables, sinusoid
from ..vae.model import repeat_first
from .tiny import tiny_parts, write_tiny


@pytest.fixture(scope='module')
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp('tiny-loom')
    write_tiny(folder)
    return folder


def run(pack, name, inputs):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(pack / f'{name}.onnx'), options, providers=['CPUExecutionProvider'])
    return session.run(None, {k: np.ascontiguousarray(v.numpy() if hasattr(v, 'numpy') else v) for k, v in inputs.items()})


def golden(pack, name):
    index = json.loads((pack / 'golden' / 'index.json').read_text())['tensors'][name]
    return np.fromfile(pack / 'golden' / index['file'], '<i8' if index['dtype'] == 'int64' else '<f4').reshape(index['shape'])


def in_chunks(pack, graph, input_name, value, caches, plan, frames_per_unit):
    """Runs a streaming graph chunk by chunk; `plan` counts latent frames."""
    cells = value.shape[-2:] if graph == 'vae-decoder' else tuple(s // 8 for s in value.shape[-2:])
    state = [np.zeros((1, c['channels'], 2, cells[0] * 8 // c['scale'], cells[1] * 8 // c['scale']), np.float32) for c in caches]
    made, start = [], 0
    for index, count in enumerate(plan):
        part = value[:, :, start * frames_per_unit:(start + count) * frames_per_unit]
        out, *state = run(pack, graph, {input_name: part, 'first': np.float32([index == 0]), **{f'cacheIn{i}': s for i, s in enumerate(state)}})
        made.append(out)
        start += count
    return np.concatenate(made, 2)


def test_the_tiny_pack_is_small(pack):
    assert sum(p.stat().st_size for p in pack.iterdir() if p.is_file()) < 400_000
    assert sum(p.stat().st_size for p in (pack / 'golden').iterdir()) < 300_000


def test_text_encoder_equals_torch(pack):
    assert np.abs(run(pack, 'text-encoder', {'tokens': golden(pack, 'tokens')})[0] - golden(pack, 'text')).max() < 1e-4


def test_transformer_equals_torch_at_other_sizes_than_it_was_traced_at(pack):
    dit = tiny_parts()['dit']
    batch, frames, h, w = 3, 4, 12, 4
    cos, sin = rope_tables(frames, h // 4, w // 4, dit.config.head_width, 32)
    sigma = torch.rand(batch, frames)
    inputs = {
        'latents': torch.randn(batch, 24, frames, h, w), 'condition': torch.randn(batch, 24, frames, h, w),
        'conditioningMask': torch.rand(batch, 4, frames, h, w), 'sigma': sigma, 'timeFeatures': sinusoid(sigma),
        'stepSize': torch.tensor([0., .125, .5]), 'stepFeatures': sinusoid(torch.tensor([0., .125, .5])),
        'ropeCos': cos, 'ropeSin': sin, 'text': torch.randn(batch, 32, dit.config.text_width)}
    with torch.no_grad():
        truth = dit(*inputs.values()).numpy()
    assert np.abs(run(pack, 'transformer', inputs)[0] - truth).max() < 2e-4


def test_a_guided_run_with_a_given_first_frame_equals_torch(pack):
    about = json.loads((pack / 'golden' / 'index.json').read_text())['about']
    x = golden(pack, 'sample.noise').copy()
    condition, mask, text = golden(pack, 'sample.condition'), golden(pack, 'sample.conditioningMask'), golden(pack, 'text')
    x[:, :, 0] = .95 * condition[:, :, 0] + .05 * x[:, :, 0]
    line = np.linspace(1, 0, about['steps'] + 1)
    schedule = about['shift'] * line / (1 + (about['shift'] - 1) * line)
    for step in range(about['steps']):
        features = golden(pack, f'sample.timeFeatures{step}')
        velocities = [run(pack, 'transformer', {
            'latents': x, 'condition': condition, 'conditioningMask': mask, 'sigma': golden(pack, f'sample.sigma{step}'), 'timeFeatures': features,
            'stepSize': np.zeros(1, np.float32), 'stepFeatures': np.concatenate([np.ones((1, 64)), np.zeros((1, 64))], 1).astype(np.float32),
            'ropeCos': golden(pack, 'sample.ropeCos'), 'ropeSin': golden(pack, 'sample.ropeSin'), 'text': text[row:row + 1]})[0] for row in (0, 2)]
        v = velocities[1] + about['scale'] * (velocities[0] - velocities[1]) if schedule[step] > about['aboveSigma'] else velocities[0]
        x[:, :, 1:] += ((schedule[step + 1] - schedule[step]) * v[:, :, 1:]).astype(np.float32)
        assert np.abs(x - golden(pack, f'sample.latents{step}')).max() < 1e-3


@pytest.mark.parametrize('plan', [[5], [1, 4], [2, 3], [1, 1, 1, 1, 1]])
def test_any_chunk_plan_encodes_and_decodes_the_same(pack, plan):
    manifest = json.loads((pack / 'pack.json').read_text())['vae']
    vae = tiny_parts()['vae']
    clip = repeat_first(torch.rand(1, 3, 17, 32, 64) * 2 - 1)
    with torch.no_grad():
        latents = vae.encode(clip)
        frames = vae.decode(latents).clamp(-1, 1)
    encoded = in_chunks(pack, 'vae-encoder', 'frames', clip.numpy(), manifest['encoderCaches'], plan, 4)
    decoded = in_chunks(pack, 'vae-decoder', 'latents', latents.numpy(), manifest['decoderCaches'], plan, 1)
    assert np.abs(encoded - latents.numpy()).max() < 1e-4
    assert np.abs(decoded - frames.numpy()).max() < 2 / 255
