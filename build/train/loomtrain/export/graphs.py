"""
The four graphs of a pack as ONNX opset 17: float32 in and out, weights stored as float16 with a Cast that the
runtime folds at load. Half the file, and the arithmetic stays float32.
"""

import io

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from ..vae.model import Chunk

OPSET = 17
STORED_HALF_FROM = 256  # values; smaller tensors stay float32


class EncoderGraph(torch.nn.Module):
    """Frames of one chunk to raw latents. Inputs: frames, first, caches; outputs: latents, caches."""

    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, frames, first, *caches):
        chunk = Chunk(first, caches)
        return (self.vae.encode(frames, chunk), *chunk.kept)


class DecoderGraph(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, latents, first, *caches):
        chunk = Chunk(first, caches)
        return (self.vae.decode(latents, chunk).clamp(-1, 1), *chunk.kept)


def rounded(module):
    """The module with the weights that storage will leave it, in place: large tensors through float16."""
    for tensor in [*module.parameters(), *module.buffers()]:
        if tensor.numel() >= STORED_HALF_FROM and tensor.is_floating_point():
            tensor.data = tensor.data.half().float()
    return module.eval()


def text_graph(encoder, length):
    width = encoder.out.normalized_shape[0]
    tokens = torch.zeros(2, length, dtype=torch.int64)
    return export(encoder, (tokens,), {'tokens': ['batch', length]}, {'text': ['batch', length, width]})


def transformer_graph(dit):
    c = dit.config
    batch, frames, h, w = 2, 3, 8, 12
    tokens = frames * (h // 4) * (w // 4) + c.text_length
    half = c.head_width // 2
    video = ['batch', c.channels, 'T', 'h', 'w']
    shapes = {
        'latents': video, 'condition': video, 'conditioningMask': ['batch', c.mask_channels, 'T', 'h', 'w'],
        'sigma': ['batch', 'T'], 'timeFeatures': ['batch', 'T', 128], 'stepSize': ['batch'], 'stepFeatures': ['batch', 128],
        'ropeCos': ['N', half], 'ropeSin': ['N', half], 'text': ['batch', c.text_length, c.text_width],
    }
    sizes = {'batch': batch, 'T': frames, 'h': h, 'w': w, 'N': tokens}
    inputs = tuple(torch.rand([sizes.get(d, d) for d in shape]) for shape in shapes.values())
    return export(dit, inputs, shapes, {'velocity': video})


def encoder_graph(vae):
    frames, latents = [1, 3, 'frames', 'height', 'width'], [1, vae.config.channels, 'n', 'h', 'w']
    return _streaming(EncoderGraph(vae), {'frames': frames}, {'latents': latents}, vae.encoder_caches())


def decoder_graph(vae):
    frames, latents = [1, 3, 'frames', 'height', 'width'], [1, vae.config.channels, 'n', 'h', 'w']
    return _streaming(DecoderGraph(vae), {'latents': latents}, {'frames': frames}, vae.decoder_caches())


def _streaming(graph, given, made, caches):
    """Exports a chunk-wise graph: one cache in and out per causal block."""
    sizes = {'frames': 8, 'n': 2, 'height': 64, 'width': 96, 'h': 8, 'w': 12, 'h8': 8, 'w8': 12, 'h16': 4, 'w16': 6}
    cache = lambda side: {f'cache{side}{i}': [1, channels, 2, f'h{cell}', f'w{cell}'] for i, (channels, cell) in enumerate(caches)}
    shapes = {**given, 'first': [1], **cache('In')}
    inputs = tuple(torch.rand([sizes.get(d, d) for d in shape]) for shape in shapes.values())
    return export(graph, inputs, shapes, {**made, **cache('Out')})


def export(module, inputs, given, made):
    """
    An onnx.ModelProto with half-stored weights, checked. `given`, `made`: name to shape of the inputs and outputs,
    where a word is a symbolic dimension.
    """
    buffer, shapes = io.BytesIO(), {**given, **made}
    axes = {name: {i: d for i, d in enumerate(shape) if isinstance(d, str)} for name, shape in shapes.items()}
    with torch.no_grad():
        torch.onnx.export(module.eval(), inputs, buffer, input_names=list(given), output_names=list(made),
                          dynamic_axes={n: a for n, a in axes.items() if a}, opset_version=OPSET, dynamo=False)
    model = onnx.load_from_string(buffer.getvalue())
    for value in model.graph.output:
        value.CopyFrom(helper.make_tensor_value_info(value.name, TensorProto.FLOAT, shapes[value.name]))
    _store_half(model)
    _shorten(model)
    onnx.checker.check_model(model)
    return model


def save(model, folder, name):
    """NAME.onnx and NAME.onnx.data beside it; onnxruntime refuses links and parent folders for external data."""
    for suffix in ('.onnx', '.onnx.data'):
        (folder / f'{name}{suffix}').unlink(missing_ok=True)
    onnx.save_model(model, str(folder / f'{name}.onnx'), save_as_external_data=True, all_tensors_to_one_file=True,
                    location=f'{name}.onnx.data', size_threshold=256)
    (folder / f'{name}.onnx.data').chmod(0o644)


def _store_half(model):
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < STORED_HALF_FROM:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + '.half'))
        casts.append(helper.make_node('Cast', [name + '.half'], [name], to=TensorProto.FLOAT, name=name + '.cast'))
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)


def _shorten(model):
    """Drops documentation and renames inner values; halves a graph file and changes nothing else."""
    graph = model.graph
    kept = {v.name for v in (*graph.input, *graph.output)}
    short = {'': ''}
    for node in graph.node:
        for name in (*node.input, *node.output):
            if name not in short:
                short[name] = name if name in kept else f'v{len(short)}'
    for tensor in graph.initializer:
        tensor.name = short.get(tensor.name, tensor.name)
    for node in graph.node:
        node.name, node.doc_string = '', ''
        node.input[:] = [short[n] for n in node.input]
        node.output[:] = [short[n] for n in node.output]
    del graph.value_info[:]
