"""
Time of day without learning: the sky's colour against the renderer's own palettes.

Looks at the top of the picture, and, because a room shows its sky through a window, at the two places where a window
can be; the place that comes nearest to any sky decides.
"""

import torch

from ..scene.palette import LIGHTS
from ..scene.spec import TIMES

# left, top, right, bottom in frame heights; a negative number counts from the right edge.
PLACES = ((0., .0, None, .06), (.21, .10, .36, .15), (-.59, .10, -.44, .15))


def time_of_day(pixels):
    """Index into TIMES for one clip, float [frames, 3, h, w] in [0, 1]."""
    height = pixels.shape[-2]
    best = (float('inf'), 0)
    for left, top, right, bottom in PLACES:
        columns = slice(round(left * height), None if right is None else round(right * height))
        patch = pixels[:, :, round(top * height):max(1, round(bottom * height)), columns]
        colour = patch.permute(1, 0, 2, 3).flatten(1).median(1).values
        for index, time in enumerate(TIMES):
            for sky in LIGHTS[time].skies:
                best = min(best, ((colour - torch.from_numpy(sky[0])).square().sum().item(), index))
    return best[1]
