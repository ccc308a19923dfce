"""
The places. Each paints its far and middle ground back to front and returns a function that paints what
lies in front of the subject (water, a hedge), so the subject is drawn between the two.

Ground levels in frame heights: horizon about .62, ground from .74, the line a subject stands on .88.
"""

import numpy as np

from .canvas import PROFILE_FROM, PROFILE_SAMPLES, PROFILE_TO, PROFILE_X, Pen
from .palette import LAMP_LIGHT, WHITE, darker, lighter, mix, rgb

HORIZON = .62
GROUND = .745
STAND_LINE = .885
WATER_LINE = .83


def nothing_in_front():
    pass


def hills(canvas, has_road):
    canvas.layer(rolling(canvas, .585, .055, 2.0), [rgb('86B795'), rgb('70A682')], .22)
    canvas.layer(rolling(canvas, .665, .045, 2.6), [rgb('7CBA70'), rgb('5FA15E')], .45, crest=.006, crest_colour=rgb('A9D48C'))
    canvas.layer(rolling(canvas, GROUND, .016, 1.8), [rgb('93C96E'), rgb('5FA052')], .85, crest=.006, crest_colour=rgb('BBE08E'))
    stand_props(canvas, (tree, tree, house), 2, 4)
    if has_road:
        road(canvas)
    return nothing_in_front


def desert(canvas, has_road):
    canvas.layer(mesas(canvas), [rgb('C58A68'), rgb('D8A67C')], .18)
    canvas.layer(rolling(canvas, .665, .045, 1.7), [rgb('E3B76E'), rgb('CF9A55')], .45, crest=.006, crest_colour=rgb('F2D08D'))
    canvas.layer(rolling(canvas, GROUND, .018, 1.5), [rgb('EFCB84'), rgb('D6A55C')], .82)
    stand_props(canvas, (cactus,), 2, 4)
    if has_road:
        road(canvas)
    return nothing_in_front


def city(canvas, has_road):
    lit = canvas.light.is_night
    window_colour = rgb('FFE2A0') if lit or canvas.light.disc[2] < .6 else rgb('DCEBF5')
    seed = int(canvas.draw.integers(1 << 16))
    canvas.layer(skyline(canvas, .72, .16, .40, .10, .20), [rgb('93A4BD'), rgb('ADBACB')], .22, gradient=.35, haze=.5)
    canvas.layer(skyline(canvas, .76, .10, .31, .14, .26), [rgb('6C7D9C'), rgb('8698B2')], .42, gradient=.35, haze=.22,
                 windows=(.056, .068, .5 if lit else .42, seed, window_colour))
    canvas.layer(level(GROUND), [rgb('B4BBC2'), rgb('98A2AC')], .85, haze=0., gradient=.08)
    stand_props(canvas, (lamp_post,), 2, 3, every=.75)
    if has_road:
        road(canvas)
    return nothing_in_front


def sea(canvas, has_road):
    horizon_colour = canvas.sky[2]
    if canvas.draw.random() < .6:
        canvas.layer(rolling(canvas, .60, .02, 2.6), [rgb('6C86A0'), rgb('7F98B0')], .12, gradient=.1, haze=.45)
    canvas.layer(level(HORIZON), [mix(rgb('4294C4'), horizon_colour, .35), rgb('2A6FA5')], .2, gradient=.38, haze=.1)
    light_path(canvas)
    if canvas.draw.random() < .5:
        lighthouse(Pen(canvas, canvas.draw.uniform(.2, canvas.aspect - .2), HORIZON + .02, .24, depth=.4))
    wave(canvas, .715, .008, 5., -.03, [mix(rgb('3A8ABD'), horizon_colour, .18), rgb('2A6FA5')], .75)

    def foreground():
        wave(canvas, .905, .012, 4., .05, [rgb('2F7FB5'), rgb('1F5A8C')], .92)
    return foreground


def room(canvas, has_road):
    wall = [rgb('EAD9C1'), rgb('CFE0DF'), rgb('E8D0D0'), rgb('D9DFC6')][canvas.draw.integers(4)]
    tint = canvas.light.tint * .6 + .4  # lamps are on
    outside = canvas.sky.copy()
    canvas.sky = np.stack([wall * tint * .95, wall * tint, wall * tint])
    canvas.haze = wall * tint
    on_left = canvas.draw.random() < .5
    window_x = .40 if on_left else canvas.aspect - .40
    frame = Pen(canvas, window_x, .33, 1., lit='own')
    frame.box(0, 0, .255, .265, .01, WHITE * tint)
    frame.box(0, 0, .23, .24, .005, outside[0], outside[2], gradient=.2)
    disc = canvas.light.disc
    frame.circle(.07, -.10, .055, lighter(disc, .3))
    frame.box(0, .18, .23, .06, .005, darker(mix(rgb('6FA078') * canvas.light.tint, outside[2], .25), .05))
    frame.box(0, 0, .012, .24, 0., WHITE * tint)
    frame.box(0, 0, .23, .012, 0., WHITE * tint)
    frame.box(0, .275, .29, .02, .01, lighter(wall * tint, .4))
    picture(Pen(canvas, canvas.aspect - window_x + canvas.draw.uniform(-.05, .05), .30, 1., lit='own'), tint)
    floor = [rgb('BA8B5F'), rgb('9A6E48')] if canvas.draw.random() < .5 else [rgb('9C7B66'), rgb('7D604F')]
    canvas.layer(level(.80), [c * (.75 if canvas.light.is_night else 1) for c in floor], .8, gradient=.2, haze=0.,
                 crest=.014, crest_colour=lighter(wall, .35))
    side = canvas.aspect - .20 if on_left else .20
    potted_plant(Pen(canvas, side, .86, .36, depth=.9))
    if canvas.light.is_night or canvas.draw.random() < .4:
        floor_lamp(Pen(canvas, canvas.aspect - side, .86, .55, depth=.9))
    return nothing_in_front


PLACES = {'hills': hills, 'desert': desert, 'city': city, 'sea': sea, 'room': room}


# ---- the sky

def sun_and_clouds(canvas):
    light, draw = canvas.light, canvas.draw
    low = not light.is_night and light.disc[2] < .6  # sunset: the sun stands on the horizon
    x = draw.uniform(.22, canvas.aspect - .22)
    y = draw.uniform(.46, .56) if low else draw.uniform(.14, .25)
    canvas.disc_at = (x, y)
    disc = Pen(canvas, x, y, 1., lit='own')
    if light.is_night:
        disc.circle(0, 0, .20, light.disc, alpha=.22, softness=.24)
        disc.circle(0, 0, .088, light.disc)
        for crater_x, crater_y, radius in ((-.025, -.02, .020), (.034, .014, .014), (-.008, .04, .012)):
            disc.circle(crater_x, crater_y, radius, darker(light.disc, .13))
        for _ in range(12):
            star = Pen(canvas, draw.uniform(0, canvas.aspect), draw.uniform(.03, .5), 1., lit='own')
            star.circle(0, 0, draw.uniform(.005, .009), WHITE, alpha=draw.uniform(.5, .9))
    else:
        disc.circle(0, 0, .40 if low else .27, light.disc, alpha=.36, softness=.5)
        disc.circle(0, 0, .19, light.disc, alpha=.36, softness=.16)
        disc.circle(0, 0, .095 if low else .075, lighter(light.disc, .4))
    _clouds(canvas)


def _clouds(canvas):
    light, draw = canvas.light, canvas.draw
    white = mix(canvas.sky[1], WHITE, .18) if light.is_night else mix(WHITE, canvas.sky[2], .2 if light.disc[2] > .6 else .5)
    for index in range(draw.integers(1, 4)):
        x, y = draw.uniform(-.1, canvas.aspect + .1), draw.uniform(.10, .40)
        cloud = Pen(canvas, x + canvas.seconds * .012 * (1 + .4 * index), y, draw.uniform(.18, .32), lit='own')
        heap = CLOUDS[draw.integers(len(CLOUDS))]
        for puff_x, puff_y, radius in heap:
            cloud.circle(puff_x, puff_y, radius, lighter(white, .25), mix(white, canvas.sky[1], .2), alpha=.94, clip=(0., 1., -puff_y))


# x, y, radius of each puff; every puff is cut off at y = 0, which gives the cloud its flat base.
CLOUDS = (
    ((-.50, -.10, .22), (-.15, -.28, .33), (.28, -.20, .27), (.58, -.06, .18)),
    ((-.36, -.12, .25), (.05, -.24, .34), (.44, -.08, .21)),
    ((-.60, -.06, .18), (-.25, -.20, .28), (.12, -.16, .26), (.45, -.22, .25), (.72, -.06, .16)),
)


# ---- height profiles over PROFILE_X

def level(y):
    return np.full(PROFILE_SAMPLES, y, np.float32)


def rolling(canvas, base, height, waves):
    """Soft hills: four sines, each half as high and nearly twice as fine as the last."""
    phases = canvas.draw.uniform(0, 2 * np.pi, 4)
    return base + sum(height * .5 ** k * np.sin(PROFILE_X * waves * 1.9 ** k + phases[k]) for k in range(4))


def mesas(canvas):
    """Flat-topped rocks with steep flanks."""
    profile = level(.64)
    x = PROFILE_FROM
    while x < PROFILE_TO:
        width, height = canvas.draw.uniform(.16, .40), canvas.draw.uniform(.05, .16)
        flank = np.clip((width / 2 - np.abs(PROFILE_X - x)) / .035, 0, 1)
        profile = np.minimum(profile, .64 - height * flank)
        x += canvas.draw.uniform(.45, .95)
    return profile


def skyline(canvas, base, low, high, narrow, wide):
    profile = level(base - low * .4)
    x = PROFILE_FROM
    while x < PROFILE_TO:
        width = canvas.draw.uniform(narrow, wide)
        profile[(PROFILE_X >= x) & (PROFILE_X < x + width * .95)] = base - canvas.draw.uniform(low, high)
        x += width
    return profile


def wave(canvas, base, height, waves, drift, colours, depth):
    phase = canvas.draw.uniform(0, 2 * np.pi)
    profile = base + height * np.sin(PROFILE_X * waves + phase) + .35 * height * np.sin(PROFILE_X * waves * 2.3)
    canvas.layer(profile, colours, depth, gradient=.2, haze=0., drift=drift, crest=.007,
                 crest_colour=lighter(colours[0], .35))


# ---- things that stand in a place

def stand_props(canvas, kinds, fewest, most, every=.42):
    """Spreads props over the width, each in its own stretch, so that they never pile up."""
    draw = canvas.draw
    stretches = np.arange(-.1, canvas.aspect + .1, every)
    for start in draw.permutation(stretches)[:draw.integers(fewest, most + 1)]:
        kind = kinds[draw.integers(len(kinds))]
        kind(Pen(canvas, start + draw.uniform(.05, every - .05), .765 + draw.uniform(-.006, .008), draw.uniform(.27, .37), depth=.88))


def road(canvas):
    canvas.layer(level(.80), [rgb('6C7078'), rgb('5A5E68')], 1., gradient=.2, haze=0., crest=.010, crest_colour=rgb('DAD6CA'))
    for index in range(7):
        Pen(canvas, -.4 + index * .42, .945, 1.).box(0, 0, .095, .010, .004, rgb('F2E9CC'))


def light_path(canvas):
    """The sun's or moon's reflection: bars that sway, shorter towards the viewer."""
    x = canvas.disc_at[0]
    colour = lighter(canvas.light.disc, .2)
    for index in range(6):
        sway = .012 * np.sin(canvas.seconds * 1.6 + index * 2)
        Pen(canvas, x + sway, HORIZON + .022 + index * .033, 1., lit='own').box(0, 0, .115 - index * .014, .0065, .006, colour, alpha=.62 - index * .07)


def tree(pen):
    pen.taper(0, -.2, .05, .07, .22, .02, rgb('7A5638'), rgb('5E4028'))
    if pen.canvas.draw.random() < .5:
        green = rgb('4E9A5B')
        for x, y, radius in ((-.21, -.56, .24), (.21, -.56, .24), (0, -.74, .29)):
            pen.circle(x, y, radius, lighter(green, .14), darker(green, .14))
    else:
        green = rgb('2F7A5B')
        for y, width in ((-.42, .36), (-.66, .29), (-.88, .21)):
            pen.taper(0, y, .01, width, .20, .02, lighter(green, .10), darker(green, .15))


def house(pen):
    roof = [rgb('B5553F'), rgb('5C6E8C'), rgb('8A6A4A')][pen.canvas.draw.integers(3)]
    pen.box(.28, -.84, .07, .15, .01, darker(roof, .2))
    pen.box(0, -.27, .46, .29, .01, rgb('F4E6CC'), rgb('E2CDA8'))
    pen.taper(0, -.74, .05, .60, .23, .02, roof, darker(roof, .2))
    pen.box(0, -.17, .10, .17, .02, rgb('7A4E33'))
    pane = LAMP_LIGHT if pen.canvas.light.is_night else rgb('BFE3F5')
    for x in (-.28, .28):
        pen.box(x, -.33, .12, .12, .01, WHITE)
        pen.box(x, -.33, .09, .09, .01, pane, lit='own' if pen.canvas.light.is_night else None)


def cactus(pen):
    green = rgb('4F9468')
    pen.limb(0, 0, 0, -.74, .11, .11, lighter(green, .12), darker(green, .12))
    for side, low, high in ((-1, -.32, -.54), (1, -.44, -.66)):
        pen.limb(side * .26, low, side * .26, high, .075, .075, green)
        pen.limb(side * .26, low, 0, low, .07, .07, green)


def lamp_post(pen):
    metal, night = rgb('4A5060'), pen.canvas.light.is_night
    pen.box(0, -.5, .028, .5, .01, metal)
    pen.limb(0, -1.0, .17, -1.03, .024, .024, metal)
    if night:
        pen.circle(.18, -.97, .26, LAMP_LIGHT, alpha=.34, softness=.16, lit='own')
    pen.ellipse(.18, -.99, .085, .045, LAMP_LIGHT if night else rgb('D8D8C8'), lit='own' if night else None)


def lighthouse(pen):
    pen.taper(0, .02, .42, .62, .08, .04, rgb('7B736B'))
    pen.taper(0, -.62, .13, .21, .60, .01, rgb('F7F3EA'), rgb('DAD5CA'))
    for y, width in ((-.88, .150), (-.36, .190)):
        pen.taper(0, y, width - .008, width + .008, .13, 0., rgb('D24B40'))
    pen.box(0, -1.25, .17, .035, .01, rgb('2B2E38'))
    pen.box(0, -1.36, .10, .10, .01, LAMP_LIGHT, lit='own')
    pen.taper(0, -1.52, .01, .15, .09, .01, rgb('C04438'))
    if pen.canvas.light.is_night:
        pen.circle(0, -1.36, .32, LAMP_LIGHT, alpha=.45, softness=.22, lit='own')


def picture(pen, tint):
    pen.box(0, 0, .15, .12, .008, rgb('8A6244') * tint)
    pen.box(0, 0, .13, .10, .004, rgb('A9CFE0') * tint, rgb('F1DEB6') * tint)
    pen.ellipse(.0, .07, .12, .05, rgb('6FA078') * tint, clip=(0., 1., .03))


def potted_plant(pen):
    green = rgb('4E9A5B')
    for x in (-.24, -.12, 0., .13, .26):
        pen.limb(0, -.24, x, -.78 + abs(x) * .5, .035, .075, lighter(green, .1) if x > 0 else green)
    pen.taper(0, -.13, .18, .13, .15, .02, rgb('CC6E4D'), rgb('A9563A'))


def floor_lamp(pen):
    pen.box(0, -.45, .018, .45, .01, rgb('5B5048'))
    pen.ellipse(0, -.01, .14, .03, rgb('5B5048'))
    if pen.canvas.light.is_night:
        pen.circle(0, -.95, .42, LAMP_LIGHT, alpha=.30, softness=.28, lit='own')
    pen.taper(0, -.96, .12, .21, .14, .02, rgb('FFE9B8'), rgb('FFD98A'), lit='own')
