"""python -m loomtrain STAGE: one command per stage of the recipe, each resumable."""

import argparse


def main():
    parser = argparse.ArgumentParser(prog='loomtrain', description=__doc__)
    stages = parser.add_subparsers(dest='stage', required=True)

    stages.add_parser('doctor', help='torch version and GFLOP/s; refuses a hopeless machine')
    vae = stages.add_parser('vae', help='train the video autoencoder')
    vae.add_argument('--start', help='name of a checkpoint to begin from')

    stages.add_parser('text', help='train the text encoder')
    encode = stages.add_parser('encode', help='render clips and encode them to latents')
    encode.add_argument('--size', default='288x160')
    encode.add_argument('--frames', type=int, default=17)
    encode.add_argument('--shards', type=int, default=40, help='of 256 clips')
    dit = stages.add_parser('dit', help='train the diffusion transformer')
    dit.add_argument('--minutes', type=float)
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


def _text(args):
    from .text.train import train
    train()


def _encode(args):
    import torch
    from . import config
    from .data.latents import encode
    from .vae.train import load
    torch.set_num_threads(config.THREADS)
    encode(load(), tuple(int(side) for side in args.size.split('x')), args.frames, args.shards)


def _dit(args):
    from .dit.train import train
    train(minutes=args.minutes)


def _tiny(args):
    from .export.tiny import write_tiny
    write_tiny(args.folder)


STAGES = {'doctor': _doctor, 'vae': _vae, 'text': _text, 'encode': _encode, 'dit': _dit, 'tiny': _tiny}
