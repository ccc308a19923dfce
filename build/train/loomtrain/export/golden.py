"""Recorded PyTorch tensors: what the app's runner must reproduce. Raw little-endian float32 or int64 beside an index."""

import json
from pathlib import Path

import numpy as np
import torch

from .. import config
from ..data.clips import render
from ..dit.rope import rope_tables, sinusoid
from ..dit.sample import sample
from ..scene.spec import sample_spec
from ..vae.model import repeat_first
from ..words.captions import write_caption
from ..words.tokenizer import Tokenizer

PROMPT = 'A red boat drifts past the moon at night'
PROMPT_ZH = '一只橙色的猫在房间里慢慢向左走'
WIDTH, HEIGHT, FRAMES, STEPS = 64, 32, 5, 4
CLIP = (32, 32)


@torch.no_grad()
def record(folder, parts, scheduler):
    """
    Everything of a short run: 64x32, 5 frames, 4 steps, guided above the pack's sigma, with the first frame given and
    held at sigma 0.05 (so per-frame sigmas, condition and mask are all exercised), and the autoencoder on a 32x32 clip.
    """
    tokenizer = Tokenizer(parts['tokenizer_table'])
    vae, dit, encoder, normaliser = parts['vae'], parts['dit'], parts['encoder'], parts['normaliser']
    tensors = {}
    tokens = torch.tensor([tokenizer(t).ids for t in (PROMPT, PROMPT_ZH, '')])
    text = encoder(tokens)
    tensors['tokens'], tensors['text'] = tokens, text

    clip = torch.from_numpy(render(sample_spec(config.GATE_SEED), CLIP, FRAMES)).float().div(127.5).sub(1).transpose(0, 1)[None]
    raw = vae.encode(repeat_first(clip))
    tensors['encode.frames'], tensors['encode.latents'] = clip, raw
    tensors['decode.latents'] = raw
    tensors['decode.frames'] = vae.decode(raw)[:, :, 3:].clamp(-1, 1)

    first = torch.from_numpy(render(sample_spec(config.GATE_SEED + 1), (WIDTH, HEIGHT), 1)).float().div(127.5).sub(1).transpose(0, 1)[None]
    h, w, frames = HEIGHT // 8, WIDTH // 8, 1 + FRAMES // 4
    condition, mask = torch.zeros(1, dit.config.channels, frames, h, w), torch.zeros(1, 4, frames, h, w)
    condition[:, :, :1] = normaliser(vae.encode(repeat_first(first)))
    mask[:, :, 0] = 1
    noise = torch.randn(condition.shape, generator=torch.Generator().manual_seed(1))
    tensors['sample.noise'], tensors['sample.condition'], tensors['sample.conditioningMask'] = noise, condition, mask
    cos, sin = rope_tables(frames, h // 4, w // 4, dit.config.head_width, dit.config.text_length)
    tensors['sample.ropeCos'], tensors['sample.ropeSin'] = cos, sin
    prefix = torch.tensor([[True] + [False] * (frames - 1)])

    def report(step, sigma, velocities, latents):
        tensors[f'sample.sigma{step}'] = torch.where(prefix, torch.tensor(.05), torch.tensor(sigma))
        tensors[f'sample.timeFeatures{step}'] = sinusoid(tensors[f'sample.sigma{step}'])
        tensors[f'sample.velocity{step}'] = velocities[0]
        if velocities[1] is not None:
            tensors[f'sample.velocityUnconditional{step}'] = velocities[1]
        tensors[f'sample.latents{step}'] = latents.clone()

    sample(dit, noise, text[:1], text[2:], STEPS, scheduler['shift'], scheduler['scale'], scheduler['aboveSigma'],
           condition, mask, prefix, .05, report)
    about = {'prompts': [PROMPT, PROMPT_ZH, ''], 'width': WIDTH, 'height': HEIGHT, 'frames': FRAMES, 'steps': STEPS, 'prefixSigma': .05,
             'prefixFrames': 1, 'encodePlans': [[2], [1, 1]], 'decodePlans': [[2], [1, 1]], **scheduler}
    _write(Path(folder), tensors, about)


ODD_TEXTS = (
    '', ' ', '…？！', 'red', 'RED CAR', 'Ｒｅｄ　ｃａｒ', "the cat's room", 'the cat’s room', 'car,car;car', 'car\tbus\ncat', 'café naïve über', 'e\u0301te\u0301 red',
    'redcar', 'red-car', '3 red cars', 'a zeppelin over Atlantis', '红', '红色的', '红色红色', '一只红色的猫咪和一只小狗', '从左到右行驶的红色公共汽车', '龙猫在房间里',
    '夜晚night混合mixed红色red', '🚗 red 🚗', '𠀀红色', '㍿ red', 'ﬁne red', 'İstanbul red', 'ＡＢＣ猫', '猫！猫？猫。', "'", "''red''", 'x' * 300, 'red ' * 40, '红色' * 40,
    'a red boat drifts past the moon at night', '一艘红色的小船在夜晚的月亮下缓缓向左漂过大海', 'a car from left to right', '蓝天白云下的热气球', 'sunset, sunset, SUNSET',
)


def record_tokens(path, table, captions=200):
    """The golden list that holds the app's tokenizer to ours: odd strings and captions of both languages."""
    tokenizer, draw, cases = Tokenizer(table), np.random.default_rng(8), []
    texts = [*ODD_TEXTS, *(write_caption(sample_spec(i, which='any'), ('en', 'zh')[i % 2], draw)[0] for i in range(captions))]
    for text in texts:
        found = tokenizer(text)
        cases.append({'text': text, 'ids': found.ids, 'words': [[a, b] for a, b, _ in found.words],
                      'unknown': found.unknown, 'other': found.other, 'cut': found.cut})
    lines = ',\n'.join(json.dumps(c, ensure_ascii=False) for c in cases)
    Path(path).write_text('[\n' + lines + '\n]\n')


def _write(folder, tensors, about):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / '.gitattributes').write_text('*.bin binary\n')
    for old in folder.glob('*.bin'):
        old.unlink()
    index = {}
    for name, tensor in tensors.items():
        array = tensor.contiguous().numpy()
        dtype = 'int64' if array.dtype == np.int64 else 'float32'
        array.astype('<i8' if dtype == 'int64' else '<f4').tofile(folder / f'{name}.bin')
        index[name] = {'file': f'{name}.bin', 'dtype': dtype, 'shape': list(array.shape)}
    (folder / 'index.json').write_text(json.dumps({'about': about, 'tensors': index}, ensure_ascii=False, indent=1) + '\n')
