"""Contact sheets: the table is passed by well-placed smears, so look."""

import numpy as np
from PIL import Image


def contact_sheet(clips, path, columns=2, looks=(0., .5, 1.)):
    """Each clip as a strip of frames at these shares of its length; clips are float [frames, 3, h, w] in [0, 1]."""
    strips = []
    for clip in clips:
        shown = [clip[round(share * (len(clip) - 1))] for share in looks]
        strip = np.concatenate([f.permute(1, 2, 0).numpy() for f in shown], 1)
        strips.append(np.pad(strip, ((1, 1), (2, 2), (0, 0))))
    strips += [np.zeros_like(strips[0])] * (-len(strips) % columns)
    sheet = np.concatenate([np.concatenate(strips[i:i + columns], 1) for i in range(0, len(strips), columns)])
    Image.fromarray((sheet * 255 + .5).astype(np.uint8)).save(path, optimize=True)
