"""Colours: RGB float32 triples in [0, 1], display-referred. No other file of the renderer names a hex colour twice."""

import numpy as np


def rgb(hex_code):
    """'D94A3D' -> float32 [3] in [0, 1]."""
    return np.array([int(hex_code[i:i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)


def mix(a, b, share_of_b):
    return a * (1 - share_of_b) + b * share_of_b


WHITE = rgb('FFFFFF')
INK = rgb('2B2E38')
SHADE = rgb('1B1E30')
GLASS = rgb('BFE3F5')
LAMP_LIGHT = rgb('FFE9A0')


def darker(colour, share=.25):
    return mix(colour, SHADE, share)


def lighter(colour, share=.25):
    return mix(colour, WHITE, share)


# The six colours that a caption can name.
NAMED = {
    'red': rgb('DC4A3E'),
    'blue': rgb('3B78CF'),
    'yellow': rgb('F4C33C'),
    'green': rgb('46A566'),
    'orange': rgb('F0862F'),
    'purple': rgb('8C57BC'),
}

SKIN = [rgb(c) for c in ('F4CBA8', 'E2AE84', 'C78C60', '8F5C3D')]
HAIR = [rgb(c) for c in ('3B2A22', '6B4326', '22222A', 'C99A4B', '8A3B2A')]


class Light:
    """One time of day: what the sky shows and how it colours everything under it."""

    def __init__(self, skies, tint, haze, disc, is_night=False):
        self.skies = [[rgb(c) for c in sky] for sky in skies]  # top, middle, horizon; a clip picks one
        self.tint = np.array(tint, np.float32)                 # multiplied into every painted colour
        self.haze = rgb(haze)                                  # what far things fade into
        self.disc = rgb(disc)                                  # sun or moon
        self.is_night = is_night


LIGHTS = {
    'day': Light([('4C9FE2', '8ECAF2', 'DDF2FA'), ('3FA7DB', '93D7EC', 'F2F6E4')], [1, 1, 1], 'CFE8F2', 'FFF3B4'),
    'sunset': Light([('54478A', 'E2736C', 'FFC56C'), ('6A4C93', 'F0848B', 'FFD39A')], [1, .86, .80], 'F2A27C', 'FFD680'),
    'night': Light([('0D1838', '1D3263', '3A5A8C'), ('131338', '2A2F66', '4C5596')], [.50, .58, .80], '2E4A78', 'F7EFD2', True),
}
