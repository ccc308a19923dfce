"""What a clip shows, in the words a caption can say. The scene graph's root."""

from dataclasses import asdict, dataclass

import numpy as np

from .palette import LIGHTS, NAMED

SUBJECTS = ('car', 'bus', 'sailboat', 'balloon', 'bird', 'cat', 'person')
COLOURS = tuple(NAMED)
TIMES = tuple(LIGHTS)
SETTINGS = ('hills', 'desert', 'city', 'sea', 'room')
MOTIONS = ('left', 'right', 'rise', 'talk')

SETTINGS_OF = {
    'car': ('hills', 'desert', 'city'),
    'bus': ('hills', 'desert', 'city'),
    'sailboat': ('sea',),
    'balloon': ('hills', 'desert', 'city', 'sea'),
    'bird': ('hills', 'desert', 'city', 'sea'),
    'cat': ('hills', 'desert', 'city', 'room'),
    'person': ('room', 'hills', 'city', 'sea'),
}
MOTIONS_OF = {'balloon': ('left', 'right', 'rise'), 'person': ('talk',)}
FIELDS = {'subject': SUBJECTS, 'colour': COLOURS, 'time': TIMES, 'setting': SETTINGS, 'motion': MOTIONS}

HELD_OUT_SHARE = 6  # one combination in six is never trained on


@dataclass(frozen=True)
class SceneSpec:
    subject: str
    colour: str
    time: str
    setting: str
    motion: str
    seed: int
    """Everything that the words leave open (positions, sizes, clouds, faces) follows from the seed."""

    def words(self):
        """The five fields that a caption can name, as a dict."""
        fields = asdict(self)
        fields.pop('seed')
        return fields


def motions_of(subject):
    return MOTIONS_OF.get(subject, ('left', 'right'))


def every_combination():
    """All (subject, colour, time, setting) that the renderer can draw, in a fixed order."""
    return [(s, c, t, p) for s in SUBJECTS for c in COLOURS for t in TIMES for p in SETTINGS_OF[s]]


def is_held_out(subject, colour, time, setting):
    """
    True for the sixth of all combinations kept for the evaluation.

    A Latin pattern rather than a hash: every subject, colour, time and setting is held out equally
    often and each of them is still seen in training with every other single word.
    """
    indices = (SUBJECTS.index(subject), COLOURS.index(colour), TIMES.index(time), SETTINGS.index(setting))
    return (indices[0] + indices[1] + 2 * indices[2] + 2 * indices[3]) % HELD_OUT_SHARE == 0


def sample_spec(seed, which='train'):
    """
    Draws one spec; the same seed always gives the same one.

    `which`: 'train' never draws a held-out combination, 'held-out' only those, 'any' all.
    """
    draw = np.random.default_rng([seed, 77])
    while True:
        subject = str(draw.choice(SUBJECTS))
        words = subject, str(draw.choice(COLOURS)), str(draw.choice(TIMES)), str(draw.choice(SETTINGS_OF[subject]))
        motion = str(draw.choice(motions_of(subject)))
        if which == 'any' or is_held_out(*words) == (which == 'held-out'):
            return SceneSpec(*words, motion, seed)
