"""The model card: what Loom Mini knows, how well, and what it does badly."""

import json

from .. import config
from ..scene.spec import FIELDS, SETTINGS_OF

TEXT = '''# Loom Mini {version}

The generator that Shotloom ships: short flat-illustration shots from an English or Chinese prompt, on the processor
of an ordinary computer. Text encoder, diffusion transformer and video autoencoder together {megabytes:.0f} MB, float16
weights, float32 arithmetic. Apache-2.0.

**Level.** {level_en}
**水平。** {level_zh}

## What it knows
* Subjects: {subject}. Colours: {colour}.
* Places: {setting}. Times: {time}. Motions: {motion}.
* Subjects are at home in: {homes}.
* {sizes} pixels at 12 frames per second, {frames_from} to {frames_to} frames; trained on clips of {frames_trained}.
* Words: it knows {words} of English and Chinese, synonyms counted. Others are ignored; the app dots them.

## What it was made of
Every picture it has seen was drawn by the procedural renderer in `build/train`; no photograph, film, drawing or
weight from elsewhere. {views:,} clip views in {steps:,} steps. One combination in six of subject, colour, time and place was
never shown to it; the figures below are on those.

## Figures
{figures}

## What it does badly
{weak}

## 中文摘要
用英文或中文提示词生成扁平插画风格的短镜头，在普通电脑的处理器上运行。画面 {sizes} 像素，每秒 12 帧，{frames_from} 到 {frames_to} 帧
（训练用的片段为 {frames_trained} 帧）。训练画面全部由 `build/train` 的程序绘制，没有照片、影片或他人的权重。{gate_zh}
'''


def write_card(path, manifest):
    fields = {name: ', '.join(values) for name, values in FIELDS.items()}
    homes = '; '.join(f'{subject}: {", ".join(places)}' for subject, places in SETTINGS_OF.items())
    path.write_text(TEXT.format(
        version=manifest['version'], megabytes=sum(f['bytes'] for f in manifest['files']) / 1e6,
        level_en=manifest['level']['en'], level_zh=manifest['level']['zh'], homes=homes,
        sizes=' and '.join(f"{s['width']}x{s['height']}" for s in manifest['sizes']),
        words=_known_words(path.parent / 'tokenizer.json'),
        frames_from=manifest['frames']['min'], frames_to=manifest['frames']['max'],
        views=manifest['provenance']['clipViews'], steps=manifest['provenance']['steps'],
        frames_trained=manifest['provenance']['framesTrained'], gate_zh=_gate_zh(manifest['metrics']),
        figures=_figures(manifest['metrics']), weak=config.WEAKNESSES, **fields))


def _known_words(tokenizer_path):
    """Every word a prompt can use, counted as the app counts them (engine/packs/tokenizer-file.ts)."""
    table = json.loads(tokenizer_path.read_text())
    return sum(len(table[kind]) for kind in ('latin', 'han', 'synonyms'))


def _figures(metrics):
    if not metrics:
        return 'Not measured yet.'
    width, height = metrics['size']
    rows = ['| field | generated | renders through the same judge | prompts shuffled | chance |', '|---|---|---|---|---|']
    rows += [f"| {f} | {metrics['accuracy'][f]:.3f} | {metrics['ceiling'][f]:.3f} | {metrics['shuffled'][f]:.3f} | {metrics['chance'][f]:.3f} |" for f in FIELDS]
    rest = {'moverSharpness': 'mover sharpness against renders (at least 0.5), where flicker counts as motion', 'clearMoverSharpness': 'the same only where motion is clear',
            'seam': 'block-seam ratio (at most 1.3)', 'seamOfRenders': 'the same of renders',
            'seedDistance': 'distance of two seeds over distance of two renders (at least 0.5)', 'motionHealth': 'motion against renders (0.5 to 1.5)',
            'flicker': 'flicker against renders'}
    lines = [f'* {label}: {metrics[name]:.2f}' for name, label in rest.items()]
    head = f"{metrics['clips']} clips of {metrics.get('frames', '?')} frames at {width}x{height} from 64 held-out prompts, half Chinese (`npm run eval:pack -- --first`):"
    gate = 'All lines of the gate are met.' if metrics['passed'] else 'Lines of the gate that are missed: ' + '; '.join(metrics['failed']) + '.'
    return '\n'.join([head, '', *rows, '', *lines, '', gate])


def _gate_zh(metrics):
    if not metrics:
        return '尚未测量。'
    return '验收标准全部达到。' if metrics['passed'] else f'验收标准有 {len(metrics["failed"])} 项未达到，见上表。'
