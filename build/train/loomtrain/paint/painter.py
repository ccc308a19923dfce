"""Paints scene tables with the C painter, compiled at first use into the cache folder."""

import ctypes
import hashlib
import os
import subprocess
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from ..scene.canvas import MARK_FIELDS, PROFILE_FROM, PROFILE_SAMPLES, PROFILE_TO

SOURCE = Path(__file__).with_name('painter.c')


def paint_clip(scene, height, width):
    """uint8 [frames, 3, height, width] of a SceneTable; `width / height` should be the scene's aspect."""
    frames, mark_count = scene.marks.shape[:2]
    out = np.empty((frames, 3, height, width), np.uint8)
    code = _painter().paint_clip(
        out, frames, height, width, scene.sky, scene.marks, mark_count, scene.profiles, scene.layers, len(scene.layers),
        PROFILE_SAMPLES, PROFILE_FROM, PROFILE_TO, scene.offsets, scene.order, len(scene.order))
    if code:
        raise MemoryError(f'painter: no memory for one {width}x{height} frame')
    return out


def paint_subject_mask(scene, height, width):
    """uint8 [frames, height, width], 255 where the subject covers the pixel; nothing in front hides it."""
    marks = np.ascontiguousarray(scene.marks[:, scene.is_subject])
    colours = [MARK_FIELDS.index(name) for name in ('red0', 'green0', 'blue0', 'red1', 'green1', 'blue1')]
    marks[:, :, colours] = 1
    silhouette = replace(scene, sky=np.zeros((3, 3), np.float32), marks=marks, profiles=scene.profiles[:0],
                         layers=scene.layers[:0], offsets=np.ascontiguousarray(scene.offsets[:, :0]),
                         order=np.array([marks.shape[1]], np.int32))
    return paint_clip(silhouette, height, width)[:, 0]


def subject_box(mask):
    """(left, top, right, bottom) in pixels, half-open, around one frame's subject mask; None where it is empty."""
    rows, columns = np.flatnonzero(mask.max(1) > 127), np.flatnonzero(mask.max(0) > 127)
    return None if len(rows) == 0 else (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)


@cache
def _painter():
    library = ctypes.CDLL(str(_compiled()))
    floats = np.ctypeslib.ndpointer(np.float32, flags='C')
    number, real = ctypes.c_int, ctypes.c_float
    library.paint_clip.restype = number
    library.paint_clip.argtypes = [
        np.ctypeslib.ndpointer(np.uint8, flags='C'), number, number, number, floats, floats, number,
        floats, floats, number, number, real, real, floats, np.ctypeslib.ndpointer(np.int32, flags='C'), number]
    return library


def _compiled():
    """Path of the shared library; its name carries the source's hash, so an edit recompiles."""
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]
    library = Path(tempfile.gettempdir()) / f'loom-painter-{os.getuid()}-{digest}.so'
    if not library.exists():
        partial = library.with_suffix(f'.{os.getpid()}')
        subprocess.run(['gcc', '-O3', '-march=native', '-ffast-math', '-shared', '-fPIC', str(SOURCE), '-o', str(partial), '-lm'], check=True)
        partial.rename(library)
    return library
