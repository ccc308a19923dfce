"""
The tables a painter reads, and the pen that writes them.

A clip is a list of *marks* (one universal primitive) and *layers* (one height profile each), painted
back to front in the order they were drawn. All variety lives in whoever holds the pen; a painter is
sixty lines and exists twice (C for training, torch as the reference).

Coordinates are in frame heights: x in [0, aspect], y in [0, 1] downwards, so a scene looks the same at
every size.
"""

from dataclasses import dataclass, field

import numpy as np

from .palette import mix

# Columns of a mark. A mark is an isosceles trapezoid (half-widths `top`, `bottom`, half-height `half`),
# grown by a rounding radius, scaled, turned, moved; circle, capsule, box, triangle and limb are special
# cases. `clip_*` keeps only the half-plane clip_x*x + clip_y*y < clip_at of local coordinates.
MARK_FIELDS = (
    'x', 'y', 'cos', 'sin', 'scale_x', 'scale_y', 'top', 'bottom', 'half', 'rounding',
    'clip_x', 'clip_y', 'clip_at',
    'red0', 'green0', 'blue0', 'red1', 'green1', 'blue1',  # gradient along local y, from -gradient to +gradient
    'alpha', 'softness', 'gradient',
)
MARK_WIDTH = len(MARK_FIELDS)
NO_CLIP = 1e3

PROFILE_SAMPLES = 512
PROFILE_FROM = -1.0
PROFILE_TO = 3.0
PROFILE_X = np.linspace(PROFILE_FROM, PROFILE_TO, PROFILE_SAMPLES).astype(np.float32)

# Columns of a layer's constants; the profile and the per-frame offsets are arrays of their own.
LAYER_FIELDS = (
    'red0', 'green0', 'blue0', 'red1', 'green1', 'blue1', 'gradient', 'alpha',
    'crest', 'crest_red', 'crest_green', 'crest_blue',                # a line of this thickness along the top edge
    'window_width', 'window_height', 'window_share', 'window_seed',   # grid of lit windows; width 0 = none
    'window_red', 'window_green', 'window_blue',
)
LAYER_WIDTH = len(LAYER_FIELDS)


@dataclass(frozen=True)
class SceneTable:
    """
    One clip, ready to paint.

    sky:      float32 [3, 3]     colours at the top, the middle and the horizon
    marks:    float32 [frames, marks, MARK_WIDTH]
    is_subject: bool [marks]     which marks make up the subject (for masks and boxes)
    profiles: float32 [layers, PROFILE_SAMPLES]   y of the top edge over PROFILE_X
    layers:   float32 [layers, LAYER_WIDTH]
    offsets:  float32 [frames, layers, 2]         x and y by which a layer is moved
    order:    int32 [steps]      >= 0: paint the marks up to this index; < 0: paint layer -1 - value
    """
    aspect: float
    sky: np.ndarray
    marks: np.ndarray
    is_subject: np.ndarray
    profiles: np.ndarray
    layers: np.ndarray
    offsets: np.ndarray
    order: np.ndarray


@dataclass
class Canvas:
    """Collects marks and layers for one clip. `seconds` is the time of each frame, float32 [frames]."""
    seconds: np.ndarray
    aspect: float
    light: object
    draw: np.random.Generator
    sky: np.ndarray
    haze: np.ndarray
    marks: list = field(default_factory=list)
    is_subject: list = field(default_factory=list)
    layers: list = field(default_factory=list)
    order: list = field(default_factory=list)

    def mark(self, columns, is_subject=False):
        """`columns`: dict of MARK_FIELDS to a number or a per-frame array."""
        row = np.empty((len(self.seconds), MARK_WIDTH), np.float32)
        for index, name in enumerate(MARK_FIELDS):
            row[:, index] = columns[name]
        self.marks.append(row)
        self.is_subject.append(is_subject)

    def layer(self, profile, colours, depth, gradient=.3, alpha=1., haze=None, drift=0., bob=0.,
              crest=0., crest_colour=None, windows=None):
        """
        Paints everything below `profile` (y over PROFILE_X).

        `depth` 0 is far, 1 is near; far layers fade into the haze. `drift` is in frame heights per second.
        `windows`: (width, height, share lit, seed, colour) of a grid of windows, or None.
        """
        fade = max(0., 1 - depth) * .7 if haze is None else haze
        shown = [mix(c * self.light.tint, self.haze, f) for c, f in zip(colours, (fade, fade * .9))]
        crest_shown = shown[0] if crest_colour is None else mix(crest_colour * self.light.tint, self.haze, fade * .6)
        width, height, share, seed, window_colour = windows or (0, 0, 0, 0, np.zeros(3))
        constants = [*shown[0], *shown[1], gradient, alpha, crest, *crest_shown,
                     width, height, share, seed, *window_colour]
        offset = np.stack([np.zeros_like(self.seconds) - drift * self.seconds, bob + 0 * self.seconds], 1)
        self.order += [len(self.marks), -1 - len(self.layers)]
        self.layers.append((np.asarray(profile, np.float32), np.array(constants, np.float32), offset))

    def table(self):
        frames = len(self.seconds)
        stack = lambda items, axis, empty: np.ascontiguousarray(np.stack(items, axis), np.float32) if items else empty
        return SceneTable(
            aspect=self.aspect,
            sky=np.ascontiguousarray(self.sky, np.float32),
            marks=stack(self.marks, 1, np.zeros((frames, 0, MARK_WIDTH), np.float32)),
            is_subject=np.array(self.is_subject, bool),
            profiles=stack([l[0] for l in self.layers], 0, np.zeros((0, PROFILE_SAMPLES), np.float32)),
            layers=stack([l[1] for l in self.layers], 0, np.zeros((0, LAYER_WIDTH), np.float32)),
            offsets=stack([l[2] for l in self.layers], 1, np.zeros((frames, 0, 2), np.float32)),
            order=np.array([*self.order, len(self.marks)], np.int32),
        )


class Pen:
    """
    Draws in a thing's own coordinates: unit = `scale`, y downwards, mirrored when `facing` is -1.

    `lit`: 'scene' takes the time of day's tint and the haze of `depth`; 'subject' is lit brighter, or dark
    subjects vanish at night; 'own' keeps the colour as given (lamps, moons, clouds).
    """

    def __init__(self, canvas, x, y, scale, facing=1, turn=0., depth=1., lit='scene', is_subject=False):
        self.canvas, self.x, self.y, self.scale = canvas, x, y, scale
        self.facing, self.turn, self.depth, self.lit, self.is_subject = facing, turn, depth, lit, is_subject
        self._cos, self._sin = np.cos(turn), np.sin(turn)

    def shape(self, x, y, top_colour, bottom_colour=None, angle=0., top=0., bottom=0., half=0., rounding=0.,
              stretch=(1., 1.), alpha=1., softness=0., clip=None, gradient=None, lit=None):
        """The universal mark. `clip` = (x, y, at) of a half-plane in unmirrored local coordinates."""
        bottom_colour = top_colour if bottom_colour is None else bottom_colour
        colour0, colour1 = (self._shade(c, lit or self.lit) for c in (top_colour, bottom_colour))
        clip_x, clip_y, clip_at = clip or (0., 0., NO_CLIP)
        x = np.asarray(x) * self.facing
        turn = self.turn + self.facing * np.asarray(angle)
        self.canvas.mark({
            'x': self.x + self.scale * (x * self._cos - y * self._sin),
            'y': self.y + self.scale * (x * self._sin + y * self._cos),
            'cos': np.cos(turn), 'sin': np.sin(turn),
            'scale_x': self.scale * stretch[0], 'scale_y': self.scale * stretch[1],
            'top': top, 'bottom': bottom, 'half': np.maximum(half, 1e-4), 'rounding': rounding,
            'clip_x': clip_x * self.facing, 'clip_y': clip_y, 'clip_at': clip_at,
            'red0': colour0[0], 'green0': colour0[1], 'blue0': colour0[2],
            'red1': colour1[0], 'green1': colour1[1], 'blue1': colour1[2],
            'alpha': alpha, 'softness': softness,
            'gradient': half + rounding if gradient is None else gradient,
        }, self.is_subject)

    def circle(self, x, y, radius, colour, colour_below=None, **more):
        self.shape(x, y, colour, colour_below, rounding=radius, **more)

    def ellipse(self, x, y, radius_x, radius_y, colour, colour_below=None, **more):
        self.shape(x, y, colour, colour_below, rounding=1., stretch=(radius_x, radius_y), **more)

    def box(self, x, y, half_width, half_height, rounding, colour, colour_below=None, **more):
        side = half_width - rounding
        self.shape(x, y, colour, colour_below, top=side, bottom=side, half=half_height - rounding, rounding=rounding, **more)

    def taper(self, x, y, half_top, half_bottom, half_height, rounding, colour, colour_below=None, **more):
        """A box whose top and bottom differ: sails, roofs, fir trees, shoulders."""
        self.shape(x, y, colour, colour_below, top=max(half_top - rounding, 0), bottom=max(half_bottom - rounding, 0),
                   half=half_height - rounding, rounding=rounding, **more)

    def limb(self, from_x, from_y, to_x, to_y, from_radius, to_radius, colour, colour_below=None, **more):
        """A capsule from one point to another, thick at one end: legs, tails, arms, branches."""
        from_x, from_y, to_x, to_y = (np.asarray(v, np.float32) for v in (from_x, from_y, to_x, to_y))
        over_x, over_y = to_x - from_x, to_y - from_y
        thin = min(from_radius, to_radius)
        self.shape((from_x + to_x) / 2, (from_y + to_y) / 2, colour, colour_below,
                   angle=np.arctan2(-over_x, over_y), top=from_radius - thin, bottom=to_radius - thin,
                   half=np.sqrt(over_x ** 2 + over_y ** 2) / 2 + 1e-4, rounding=thin, **more)

    def inner(self, x=0., y=0., turn=0.):
        """A pen for a part that moves on its own: same scale and light, origin at (x, y), turned."""
        x = np.asarray(x) * self.facing
        return Pen(self.canvas, self.x + self.scale * (x * self._cos - y * self._sin),
                   self.y + self.scale * (x * self._sin + y * self._cos), self.scale, self.facing,
                   self.turn + self.facing * np.asarray(turn), self.depth, self.lit, self.is_subject)

    def backdrop(self):
        """The same place, but what it draws is no part of the subject: shadows, foam, light beams."""
        return Pen(self.canvas, self.x, self.y, self.scale, self.facing, self.turn, self.depth, self.lit)

    def _shade(self, colour, lit):
        if lit == 'own':
            return colour
        tint = self.canvas.light.tint
        if lit == 'subject':
            return colour * (tint * .5 + .5)
        return mix(colour * tint, self.canvas.haze, max(0., 1 - self.depth) * .55)
