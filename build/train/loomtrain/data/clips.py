"""Pools of rendered clips on disk, for whoever needs pixels (autoencoder, judge)."""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict

import numpy as np

from .. import config
from ..paint.painter import paint_clip
from ..scene.build import build_scene
from ..scene.spec import SceneSpec, sample_spec


def render(spec, size, frames):
    """uint8 [frames, 3, height, width]."""
    width, height = size
    return paint_clip(build_scene(spec, frames, width / height, config.FPS), height, width)


def pool_path(name, size, frames):
    return config.DATA / 'clips' / f'{name}-{size[0]}x{size[1]}x{frames}.npy'


def ensure_pool(name, size, frames, count, first_seed):
    """Renders `count` clips unless the pool is there already; returns (memory map [count, frames, 3, h, w], specs)."""
    path = pool_path(name, size, frames)
    specs = [sample_spec(first_seed + i) for i in range(count)]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix('.partial.npy')
        out = np.lib.format.open_memmap(partial, 'w+', np.uint8, (count, frames, 3, size[1], size[0]))
        with ProcessPoolExecutor(config.THREADS) as workers:
            jobs = ((spec, size, frames) for spec in specs)
            for index, clip in enumerate(workers.map(_render_job, jobs, chunksize=8)):
                out[index] = clip
        out.flush()
        del out
        path.with_suffix('.json').write_text(json.dumps([asdict(s) for s in specs]))
        partial.rename(path)
    return np.load(path, mmap_mode='r'), specs


def read_specs(path):
    return [SceneSpec(**fields) for fields in json.loads(path.with_suffix('.json').read_text())]


def _render_job(job):
    return render(*job)
