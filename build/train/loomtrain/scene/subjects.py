"""
The movers. Each draws itself with a pen whose origin is its ground contact (or centre, if it flies).

Shapes are large and few on purpose: at 288x160 a latent cell is 8 pixels, so a part under 4 pixels is
noise to the autoencoder. Speeds of legs and wings stay under 1.5 Hz for the same reason at 12 fps.
"""

import numpy as np

from .palette import GLASS, HAIR, INK, LAMP_LIGHT, SKIN, WHITE, darker, lighter, rgb

WOOD = rgb('9A6A45')
WOOD_DARK = rgb('6E4A30')


def ground_shadow(pen, half_width):
    pen.backdrop().ellipse(0, .01, half_width, half_width * .10, INK, alpha=.24, softness=.012, lit='own')


def wheel(pen, x, y, radius, turned):
    pen.circle(x, y, radius, INK)
    pen.circle(x, y, radius * .56, rgb('D3D7DE'))
    for spoke in range(2):
        pen.box(x, y, radius * .5, radius * .11, .01, rgb('868D99'), angle=turned / radius + spoke * np.pi / 2)


def headlight_beam(pen, x, y):
    if pen.canvas.light.is_night:
        pen.backdrop().shape(x + .42, y + .05, LAMP_LIGHT, angle=-np.pi / 2, top=.05, bottom=.20, half=.40,
                             alpha=.28, softness=.03, lit='own')


def car(pen, colour, seconds, travelled):
    ground_shadow(pen, .80)
    bounce = .008 * np.sin(seconds * 8)
    pen.taper(-.05, -.49 + bounce, .31, .50, .18, .08, lighter(colour, .10), colour)
    pen.taper(-.26, -.48 + bounce, .14, .19, .11, .03, GLASS, lighter(GLASS))
    pen.taper(.17, -.48 + bounce, .13, .21, .11, .03, GLASS, lighter(GLASS))
    pen.box(0, -.25 + bounce, .74, .15, .11, colour, darker(colour, .22))
    pen.box(0, -.135 + bounce, .70, .035, .03, darker(colour, .42))
    pen.ellipse(.66, -.28 + bounce, .06, .055, LAMP_LIGHT, lit='own')
    pen.box(-.70, -.29 + bounce, .035, .06, .02, rgb('E2574C'), lit='own')
    pen.box(-.03, -.30 + bounce, .07, .016, .01, darker(colour, .35))
    headlight_beam(pen, .66, -.28)
    for x in (-.43, .43):
        wheel(pen, x, -.14, .155, travelled)


def bus(pen, colour, seconds, travelled):
    ground_shadow(pen, 1.1)
    bounce = .006 * np.sin(seconds * 7)
    pen.box(0, -.50 + bounce, 1.06, .40, .11, lighter(colour, .08), darker(colour, .10))
    pen.box(0, -.885 + bounce, .80, .02, .02, darker(colour, .25))
    pen.box(-.12, -.63 + bounce, .86, .15, .05, darker(colour, .35))
    for window in range(4):
        pen.box(-.77 + window * .43, -.63 + bounce, .18, .12, .03, GLASS, lighter(GLASS))
    pen.box(.90, -.60 + bounce, .12, .19, .04, GLASS, lighter(GLASS))
    pen.box(0, -.32 + bounce, 1.06, .035, .01, WHITE)
    pen.ellipse(1.0, -.20 + bounce, .05, .055, LAMP_LIGHT, lit='own')
    pen.box(-1.04, -.22 + bounce, .025, .06, .02, rgb('E2574C'), lit='own')
    headlight_beam(pen, 1.0, -.20)
    for x in (-.64, .64):
        wheel(pen, x, -.15, .165, travelled)


def sailboat(pen, colour, seconds, travelled):
    boat = pen.inner(0, .015 * np.sin(seconds * 1.6), .035 * np.sin(seconds * 1.3))
    # A right-angled sail is an isosceles triangle of which the half-plane clip keeps one side of the mast.
    boat.taper(.035, -.78, .0, .56, .50, .0, colour, darker(colour, .14), clip=(-1., 0., -.0))
    boat.taper(-.035, -.72, .0, .40, .40, .0, lighter(colour, .62), lighter(colour, .45), clip=(1., 0., -.0))
    boat.box(0, -.74, .022, .58, .01, rgb('7A5638'))
    boat.taper(0, -.10, .60, .40, .125, .03, WOOD, WOOD_DARK)
    boat.box(0, -.205, .61, .035, .03, rgb('F6ECD4'))
    foam = pen.backdrop()
    foam.ellipse(0, .035, .74, .045, WHITE, alpha=.50)
    foam.ellipse(-.62, .05, .30, .025, WHITE, alpha=.35)


def balloon(pen, colour, seconds, travelled):
    craft = pen.inner(0, 0, .05 * np.sin(seconds * 1.1))
    for x in (-.12, .12):
        craft.limb(x * 2.0, -.56, x, -.20, .012, .012, rgb('6B5138'))
    cream, cream_below = rgb('FBF3E0'), rgb('E9D9B8')
    craft.taper(0, -.64, .47, .12, .22, .04, colour, darker(colour, .2))
    craft.ellipse(0, -1.05, .57, .55, lighter(colour, .15), darker(colour, .06))
    craft.ellipse(0, -1.05, .37, .55, cream, cream_below)
    craft.taper(0, -.64, .27, .08, .21, .03, cream_below, darker(cream_below, .12))
    craft.ellipse(0, -1.05, .18, .55, lighter(colour, .12), darker(colour, .08))
    craft.taper(0, -.63, .13, .06, .20, .02, colour, darker(colour, .15))
    craft.box(0, -.10, .16, .13, .035, rgb('B07A44'), rgb('7D5430'))
    craft.box(0, -.215, .18, .03, .02, rgb('6B4728'))


def bird(pen, colour, seconds, travelled):
    stroke = np.sin(seconds * 7.0)  # 1 = wing up
    body = pen.inner(0, -.025 * stroke)
    body.limb(.02, -.06, -.13, -.06 - .40 * stroke, .10, .04, darker(colour, .38))
    body.taper(-.52, .03, .13, .05, .16, .02, darker(colour, .25), darker(colour, .35), angle=-1.35)
    body.ellipse(0, 0, .44, .215, lighter(colour, .05), lighter(colour, .42), angle=-.08)
    body.circle(.38, -.12, .175, lighter(colour, .04), lighter(colour, .20))
    body.taper(.60, -.09, .01, .065, .10, .01, rgb('F5A53A'), angle=np.pi / 2)
    body.circle(.44, -.155, .042, INK)
    body.limb(.08, -.02, -.18, -.02 - .44 * stroke, .15, .06, darker(colour, .14), darker(colour, .26))


def cat(pen, colour, seconds, travelled):
    ground_shadow(pen, .62)
    pace = seconds * 6.0
    dark, hip = darker(colour, .30), -.40 - .018 * np.abs(np.sin(pace))
    legs = ((-.30, 0., dark), (.24, np.pi, dark), (-.36, np.pi, darker(colour, .06)), (.31, 0., darker(colour, .06)))
    for x, phase, shade in legs:
        swing = .38 * np.sin(pace + phase)
        lift = .06 * np.maximum(0, np.cos(pace + phase))
        pen.limb(x, hip, x + .36 * np.sin(swing), -.055 - lift, .085, .06, shade)
    sway = .10 * np.sin(seconds * 3.5)
    pen.limb(-.40, hip - .06, -.60, hip - .26 + .3 * sway, .065, .055, colour)
    pen.limb(-.60, hip - .26 + .3 * sway, -.55 + sway, hip - .52, .055, .05, dark)
    pen.limb(-.30, hip - .02, .28, hip - .04, .195, .18, lighter(colour, .08), darker(colour, .06))
    head = pen.inner(.47, hip - .28 + .015 * np.sin(pace))
    for x in (-.15, .15):
        head.taper(x, -.20, .005, .095, .11, .01, colour, darker(colour, .1), angle=x * 1.6)
    head.ellipse(0, 0, .255, .225, lighter(colour, .12), colour)
    head.ellipse(.05, .10, .12, .085, lighter(colour, .55))
    for x in (-.05, .15):
        head.ellipse(x, -.02, .038, .055, INK)
    head.taper(.06, .07, .035, .005, .022, .005, rgb('E58A8A'))


def person(pen, colour, seconds, travelled):
    """A talking portrait; skin, hair and the rhythm of the mouth follow from the clip's seed."""
    draw = pen.canvas.draw
    skin, hair = SKIN[draw.integers(len(SKIN))], HAIR[draw.integers(len(HAIR))]
    cut, rate = draw.integers(4), draw.uniform(5., 7.5)
    blink = np.where(np.abs((seconds + draw.uniform(0, 2.4)) % 2.4 - 1.2) < .09, .15, 1.)
    nod, lean = .012 * np.sin(seconds * 1.7), .018 * np.sin(seconds * 1.1)

    if cut == 0:    # long
        pen.ellipse(lean, -.50 + nod, .315, .40, darker(hair, .10))
        pen.box(lean, -.26 + nod, .29, .27, .13, darker(hair, .10))
    elif cut == 1:  # bob
        pen.ellipse(lean, -.48 + nod, .325, .36, darker(hair, .10))
    elif cut == 2:  # bun
        pen.circle(lean, -.80 + nod, .12, darker(hair, .06))
    pen.taper(0, .17, .29, .56, .28, .17, lighter(colour, .10), darker(colour, .12))
    pen.taper(lean * .5, -.12, .10, .12, .13, .03, darker(skin, .15))
    pen.ellipse(0, -.05, .15, .07, darker(skin, .15))
    for x in (-.262, .262):
        pen.ellipse(lean + x, -.42 + nod, .052, .072, darker(skin, .06))
    pen.ellipse(lean, -.45 + nod, .265, .325, lighter(skin, .07), skin)
    fringe = ((.35, 1., -.12), (0., 1., -.10), (-.25, 1., -.20), (-.35, 1., -.22))[cut]
    pen.ellipse(lean, -.59 + nod, .28, .215, hair, clip=fringe)

    for side in (-1, 1):
        eye = lean + side * .108
        pen.ellipse(eye, -.45 + nod, .055, .042 * blink, WHITE)
        pen.circle(eye + .006 * np.sin(seconds), -.45 + nod, .030, INK, alpha=(blink > .5) * 1.)
        pen.limb(eye - .05, -.532 + nod, eye + .05, -.54 + nod, .014, .014, darker(hair, .2))
        pen.ellipse(lean + side * .15, -.335 + nod, .055, .034, rgb('E8857A'), alpha=.35, softness=.01)
    pen.limb(lean, -.42 + nod, lean + .02, -.355 + nod, .016, .022, darker(skin, .15))
    wave = .55 * np.sin(seconds * rate) + .45 * np.sin(seconds * rate * .47 + 1.) + .25
    open_ = .014 + .058 * np.clip(wave, 0, 1)
    pen.ellipse(lean, -.25 + nod, .095 - open_ * .3, open_ + .014, rgb('B5524A'))
    pen.ellipse(lean, -.25 + nod, .078 - open_ * .3, np.maximum(open_ - .006, .002), rgb('5E1F22'))
    pen.box(lean, -.25 + nod - open_ * .55, .045, .011, .01, WHITE, alpha=(open_ > .03) * 1.)


class Stand:
    """
    What the builder must know of a subject to place it. `scale`: frame heights per unit; `half_width`: in units;
    `speed`: from and to, in frame heights per second.
    """

    def __init__(self, draw_with, scale, half_width, speed, flies=False):
        self.draw_with, self.scale, self.half_width, self.speed, self.flies = draw_with, scale, half_width, speed, flies


STANDS = {
    'car': Stand(car, .47, .76, (.16, .26)),
    'bus': Stand(bus, .42, 1.08, (.13, .22)),
    'sailboat': Stand(sailboat, .54, .66, (.10, .18)),
    'balloon': Stand(balloon, .43, .60, (.08, .14), flies=True),
    'bird': Stand(bird, .44, .70, (.16, .26), flies=True),
    'cat': Stand(cat, .52, .75, (.13, .20)),
    'person': Stand(person, .90, .56, (0., 0.)),
}
