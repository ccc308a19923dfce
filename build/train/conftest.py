"""Tests share the machine with trainings and builds: one thread each keeps OpenMP from spinning."""

import torch

torch.set_num_threads(1)
