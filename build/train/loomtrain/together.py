"""
Several processes that train one model: each takes its share of a batch, and all make the same step with the mean of
their gradients.

On a busy machine this beats one process of as many threads: threads wait for each other at every operator, and each
wait costs a scheduler's slice when something else holds the core; processes meet once a step.
"""

import signal
import tempfile
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing


def run_together(workers, job, *args):
    """Calls `job(Crew, *args)` in this process, or in `workers` processes of one thread each; ends when all have."""
    if workers == 1:
        return job(Crew(0, 1), *args)
    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(_join, (workers, str(Path(folder) / 'meeting'), job, args), workers)


def _join(rank, workers, meeting, job, args):
    # Sent when the first process dies. A shell's background jobs ignore it, and would train on alone.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    torch.set_num_threads(1)
    dist.init_process_group('gloo', init_method=f'file://{meeting}', rank=rank, world_size=workers)
    job(Crew(rank, workers), *args)


class Crew:
    """This process among the others; the first one speaks and writes for all."""

    def __init__(self, rank, workers):
        self.rank, self.workers = rank, workers
        self.is_first = rank == 0

    def share_of(self, batch):
        """How many clips of a batch of `batch` this process takes."""
        return max(1, round(batch / self.workers))

    def mean_gradients(self, parameters):
        """Replaces every gradient by its mean over the processes."""
        if self.workers == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.flatten() for g in gradients])
        dist.all_reduce(flat)
        flat /= self.workers
        for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients])):
            gradient.copy_(mean.view_as(gradient))

    def agrees(self, decision):
        """The first process's answer to a question of time, so that all stop at the same step."""
        if self.workers == 1:
            return decision
        answer = torch.tensor([float(decision)])
        dist.broadcast(answer, 0)
        return bool(answer)
