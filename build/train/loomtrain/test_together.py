"""Two processes that train together, on a model small enough to know the answer."""

import json

import torch

from .together import run_together


def _descend(crew, folder):
    weight = torch.nn.Parameter(torch.zeros(2, 3))
    (weight * (crew.rank + 1.)).sum().backward()
    crew.mean_gradients([weight])
    stops = crew.agrees(crew.is_first)
    (folder / f'{crew.rank}.json').write_text(json.dumps([weight.grad.flatten().tolist(), crew.share_of(32), stops]))


def test_two_processes_step_with_the_mean_of_their_gradients(tmp_path):
    run_together(2, _descend, tmp_path)
    assert [json.loads((tmp_path / f'{rank}.json').read_text()) for rank in (0, 1)] == [[[1.5] * 6, 16, True]] * 2


def test_one_process_needs_no_other(tmp_path):
    run_together(1, _descend, tmp_path)
    assert json.loads((tmp_path / '0.json').read_text()) == [[1.] * 6, 32, True]
