"""The gate's table, printed and kept as JSON; and quick sheets of samples while a training runs."""

import json

import torch

from .. import config
from ..judge.train import load as load_judge
from .clips import Generator, read_frames
from .prompts import gate_prompts
from .sheet import contact_sheet
from .table import table, verdict

SHEET_PROMPTS = (
    'a red car moves right, green hills, in the daytime', 'a blue sailboat moves left, the sea, at sunset',
    'a yellow hot air balloon rises, the desert, at sunset', 'an orange cat walks right, the city, at night',
    'a person in green talks to the camera, a cosy room, in the daytime', 'a purple bird flies left, the sea, in the daytime',
    '夜晚，大海，一艘红色的帆船向右移动', '白天，绿色的山丘，一辆蓝色的小汽车向左移动', 'a woman in red talks, green hills, at sunset',
    'a green bus drives left, the city, at night', '日落时分，沙漠，一只黄色的猫向左走', 'a red bird flies right, green hills, in the daytime',
    'an orange bus moves right, the desert, day', '房间里，一只蓝色的猫向左走', 'a purple balloon floats right over the sea at night', '一个穿橙色衣服的人对着镜头说话，城市，夜晚',
)


def evaluate(frames_folder=None, size=config.SMALL, frames=17, sheet=None, control=False, out=None, dit_name='dit', vae_name='vae', **options):
    """Prints the table; exit code 1 when the gate is missed. `control`: noise in place of the transformer's output."""
    torch.set_num_threads(config.THREADS)
    rows, judge = gate_prompts(), load_judge()
    if frames_folder:
        clips, size = read_frames(frames_folder, rows)
    else:
        generator = Generator(dit_name, vae_name)
        if control:
            shape = (len(rows), generator.dit.config.channels, 1 + frames // 4, size[1] // 8, size[0] // 8)
            clips = generator.decoded(torch.randn(shape, generator=torch.Generator().manual_seed(0)))
        else:
            clips = generator.clips(rows, size, frames, **options)
    figures = table(clips, rows, judge, size)
    passed, failed = verdict(figures)
    print(json.dumps(figures, indent=1))
    print('gate passed' if passed else 'gate missed:\n  ' + '\n  '.join(failed))
    if sheet:
        contact_sheet(clips[::4], sheet)
    if out:
        with open(out, 'w') as file:
            json.dump({'size': size, 'frames': len(clips[0]), 'passed': passed, 'failed': failed, **figures}, file, indent=1)
    return passed


def sheet(path, size=config.SMALL, frames=17, seed=1, dit_name='dit', vae_name='vae', **options):
    """Draws the sixteen prompts of the sheet with one seed."""
    torch.set_num_threads(config.THREADS)
    generator = Generator(dit_name, vae_name)
    rows = [{'prompt': prompt, 'seed': seed + index} for index, prompt in enumerate(SHEET_PROMPTS)]
    contact_sheet(generator.clips(rows, size, frames, **options), path)
