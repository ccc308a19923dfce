"""Checkpoints that survive a kill: written beside, then renamed."""

import time

import torch

from . import config


def path_of(name):
    return config.DATA / 'checkpoints' / f'{name}.pt'


def save(name, **state):
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix('.partial')
    torch.save(state, partial)
    partial.rename(path)


def load(name):
    """The state saved under `name`, or None when there is none yet."""
    path = path_of(name)
    return torch.load(path, map_location=config.DEVICE, weights_only=False) if path.exists() else None


class Every:
    """True once every so many seconds; the first time after one interval."""

    def __init__(self, seconds):
        self.seconds, self.last = seconds, time.monotonic()

    def __call__(self):
        if time.monotonic() - self.last < self.seconds:
            return False
        self.last = time.monotonic()
        return True


class Average:
    """Exponential moving average of a module's parameters; buffers are shared constants."""

    def __init__(self, module, decay, state=None):
        self.decay, self.steps = decay, 0
        self.parameters = [p.detach().clone() for p in module.parameters()]
        self.names = [n for n, _ in module.named_parameters()]
        if state is not None:
            self.steps = 10 ** 9
            for mine, name in zip(self.parameters, self.names):
                mine.copy_(state[name])

    @torch.no_grad()
    def update(self, module):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(self.parameters, [p.detach() for p in module.parameters()], 1 - decay)

    def state(self, module):
        """A full state dict: averaged parameters, the module's own buffers."""
        return {**module.state_dict(), **dict(zip(self.names, self.parameters))}
