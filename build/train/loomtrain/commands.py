"""python -m loomtrain STAGE: one command per stage of the recipe, each resumable."""

import argparse

from . import config


def main():
    parser = argparse.ArgumentParser(prog='loomtrain', description=__doc__)
    stages = parser.add_subparsers(dest='stage', required=True)

    stages.add_parser('doctor', help='torch version and GFLOP/s; refuses a hopeless machine')
    vae = stages.add_parser('vae', help='train the video autoencoder')
    vae.add_argument('--start', help='name of a checkpoint to begin from')

    finish = stages.add_parser('finish', help='finish the sampler\'s last step and the decoder together')
    finish.add_argument('--dit', default='dit', help='checkpoint to begin from')
    finish.add_argument('--vae', default='vae', help='checkpoint to begin from')
    finish.add_argument('--workers', type=int, default=1, help='processes of one thread each')
    stages.add_parser('text', help='train the text encoder')
    encode = stages.add_parser('encode', help='render clips and encode them to latents')
    encode.add_argument('--size', default='288x160')
    encode.add_argument('--frames', type=int, default=17)
    encode.add_argument('--shards', type=int, default=40, help='of 256 clips')
    encode.add_argument('--vae', default='vae', help='checkpoint; every one has the same encoder')
    dit = stages.add_parser('dit', help='train the diffusion transformer')
    dit.add_argument('--minutes', type=float)
    dit.add_argument('--workers', type=int, default=1, help='processes of one thread each; two are faster than two threads on a busy machine')
    stages.add_parser('judge', help='train the judge, which only measures')
    prompts = stages.add_parser('prompts', help='write the held-out prompts of the gate as JSON')
    prompts.add_argument('file')
    measure = stages.add_parser('evaluate', help='print the gate\'s table')
    measure.add_argument('--frames', dest='folder', help='folder of frames that the app wrote; without it torch samples')
    measure.add_argument('--control', action='store_true', help='noise in place of the transformer: the table must fail')
    measure.add_argument('--out', help='keep the table as JSON')
    sheet = stages.add_parser('sheet', help='draw a contact sheet of samples')
    sheet.add_argument('file')
    for sampled in (measure, sheet):
        sampled.add_argument('--size', default='288x160')
        sampled.add_argument('--length', type=int, default=17, help='frames, 1 + 4k')
        sampled.add_argument('--steps', type=int, default=config.Shipped.steps)
        sampled.add_argument('--shift', type=float, default=config.Shipped.shift)
        sampled.add_argument('--guidance', type=float, default=config.Shipped.guidance)
        sampled.add_argument('--dit', default='dit-finished', help='checkpoint')
        sampled.add_argument('--vae', default='vae-finished', help='checkpoint')
    measure.add_argument('--sheet')
    export = stages.add_parser('export', help='write the pack, its card and the recorded tensors')
    export.add_argument('folder')
    export.add_argument('--golden', help='folder for the recorded tensors')
    export.add_argument('--metrics', help='JSON that evaluate --out wrote')
    export.add_argument('--dit', default='dit-finished', help='checkpoint')
    export.add_argument('--vae', default='vae-finished', help='checkpoint')
    tiny = stages.add_parser('tiny', help='write the tiny random pack for the app\'s tests')
    tiny.add_argument('folder')

    args = parser.parse_args()
    STAGES[args.stage](args)


def _doctor(args):
    from . import doctor
    doctor.run()


def _vae(args):
    from .vae.train import train
    train(start=args.start)


def _finish(args):
    from .finish.train import finish
    finish(dit_name=args.dit, vae_name=args.vae, workers=args.workers)


def _text(args):
    from .text.train import train
    train()


def _encode(args):
    import torch
    from .data.latents import encode
    from .vae.train import load
    torch.set_num_threads(config.THREADS)
    encode(load(args.vae), _size(args), args.frames, args.shards)


def _dit(args):
    from .dit.train import train
    train(minutes=args.minutes, workers=args.workers)


def _judge(args):
    from .judge.train import train
    train()


def _prompts(args):
    import json
    from .evaluate.prompts import gate_prompts
    with open(args.file, 'w') as file:
        json.dump(gate_prompts(), file, ensure_ascii=False, indent=1)


def _evaluate(args):
    from .evaluate.run import evaluate
    if not evaluate(args.folder, sheet=args.sheet, control=args.control, out=args.out, **_sampling(args)):
        raise SystemExit(1)


def _sheet(args):
    from .evaluate.run import sheet
    sheet(args.file, **_sampling(args))


def _sampling(args):
    return {'size': _size(args), 'frames': args.length, 'steps': args.steps, 'shift': args.shift, 'guidance': args.guidance, 'dit_name': args.dit, 'vae_name': args.vae}


def _size(args):
    return tuple(int(side) for side in args.size.split('x'))


def _export(args):
    from .export.loom_mini import export
    export(args.folder, args.golden, args.metrics, args.dit, args.vae)


def _tiny(args):
    from .export.tiny import write_tiny
    write_tiny(args.folder)


STAGES = {'doctor': _doctor, 'vae': _vae, 'finish': _finish, 'text': _text, 'encode': _encode, 'dit': _dit, 'judge': _judge,
          'prompts': _prompts, 'evaluate': _evaluate, 'sheet': _sheet, 'export': _export, 'tiny': _tiny}
