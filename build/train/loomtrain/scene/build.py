"""From a spec to the tables of one clip: light, place, subject on its path."""

import numpy as np

from .canvas import Canvas, Pen
from .palette import LIGHTS, NAMED
from .settings import HORIZON, PLACES, STAND_LINE, WATER_LINE, sun_and_clouds
from .subjects import STANDS

ROAD_USERS = ('car', 'bus')


def build_scene(spec, frames, aspect, fps=12):
    """
    Draws `spec` as a SceneTable of `frames` frames; the same arguments always give the same table.

    A clip shows the middle of a longer movement: position is a function of seconds from the clip's middle,
    at a steady speed, so 17 and 49 frames of one spec look alike and nobody leaves the frame halfway.
    """
    draw = np.random.default_rng([spec.seed, 5])
    light = LIGHTS[spec.time]
    seconds = (np.arange(frames) / fps).astype(np.float32)
    sky = np.stack(light.skies[draw.integers(len(light.skies))])
    canvas = Canvas(seconds, aspect, light, draw, sky, light.haze)
    if spec.setting != 'room':
        sun_and_clouds(canvas)
    has_road = spec.subject in ROAD_USERS or (spec.subject == 'cat' and draw.random() < .4)
    paint_front = PLACES[spec.setting](canvas, has_road)
    _place_subject(canvas, spec)
    paint_front()
    return canvas.table()


def _place_subject(canvas, spec):
    stand, draw = STANDS[spec.subject], canvas.draw
    scale = stand.scale * draw.uniform(.88, 1.12)
    facing = {'left': -1, 'right': 1}.get(spec.motion, 1 if draw.random() < .5 else -1)
    middle = canvas.seconds - canvas.seconds[-1] / 2
    travelled = draw.uniform(*stand.speed) * middle
    x, y = _path(canvas, spec, stand, scale, facing, travelled)
    pen = Pen(canvas, x, y, scale, facing, lit='subject', is_subject=True)
    stand.draw_with(pen, NAMED[spec.colour], canvas.seconds + draw.uniform(0, 6), travelled / scale)


def _path(canvas, spec, stand, scale, facing, travelled):
    """x and y of the subject's origin per frame, in frame heights."""
    draw = canvas.draw
    reach = float(np.abs(travelled[-1])) if spec.motion in ('left', 'right') else 0.
    # At most a fifth of the subject may lie outside at the ends of the path.
    margin = min(stand.half_width * scale * .8 + reach, canvas.aspect / 2)
    centre = draw.uniform(margin, canvas.aspect - margin)
    if spec.subject == 'person':
        return canvas.aspect / 2 + draw.uniform(-.22, .22), .86 + draw.uniform(-.02, .02)
    x = centre + (facing * travelled if spec.motion in ('left', 'right') else 0 * travelled)
    if spec.subject == 'sailboat':
        return x, WATER_LINE + draw.uniform(-.01, .05) + 0 * x
    if spec.subject == 'balloon':
        y = draw.uniform(.72, .80) + .008 * np.sin(canvas.seconds * 1.3)
        return x, y - (travelled if spec.motion == 'rise' else 0)
    if stand.flies:
        return x, draw.uniform(.30, .50) + .015 * np.sin(canvas.seconds * 1.9)
    line = STAND_LINE + draw.uniform(-.015, .03) + (.03 if spec.setting == 'room' else 0.)
    return x, line + 0 * x
