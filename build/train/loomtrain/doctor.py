"""Says whether this machine can train, before hours are spent finding out."""

import time

import torch

from . import config

HOPELESS_GFLOPS = 60  # Debian's torch reaches 8; a healthy single thread 50 in fp32, 300 in bf16


def gflops(dtype, side=1024, seconds=1.):
    a, b = (torch.randn(side, side, device=config.DEVICE).to(dtype) for _ in range(2))
    a @ b
    started, runs = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        a @ b
        runs += 1
    if config.DEVICE != 'cpu':
        torch.cuda.synchronize()
    return 2 * side ** 3 * runs / (time.perf_counter() - started) / 1e9


def run():
    torch.set_num_threads(config.THREADS)
    single, half = gflops(torch.float32), gflops(torch.bfloat16)
    print(f'torch {torch.__version__} on {config.DEVICE}, {config.THREADS} threads')
    print(f'fp32 {single:.0f} GFLOP/s, bf16 {half:.0f} GFLOP/s; data in {config.DATA}')
    if max(single, half) < HOPELESS_GFLOPS:
        raise SystemExit(f'hopeless: under {HOPELESS_GFLOPS} GFLOP/s. Use the torch wheel of requirements.txt, not the distribution\'s.')
    if half < single:
        print('bf16 is slower than fp32 here: expect three times the hours of the README')
