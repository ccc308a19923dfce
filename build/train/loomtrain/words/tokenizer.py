"""
Text to token ids by the table of tokenizer.json. The app has the same in TypeScript; the golden list in
test/conformance/loom-mini/tokenizer.json holds both to it.

1. The text is cut into clusters (a character and the combining marks after it); each is NFKC-normalised and
   lower-cased by itself, U+2019 becomes an apostrophe. So every normalised character knows its place in the
   text the user typed. Places are UTF-16 code units, half-open, as JavaScript counts.
2. A run of Latin letters, digits and apostrophes is one word: `synonyms` (one or more words), else `latin`,
   else unknown.
3. In a run of Han characters the longest key of `han` or `synonyms` that matches is taken, again and again;
   a character that starts no key is unknown, and neighbouring unknown characters are one range.
4. Everything else is `other`.
5. At 32 tokens the rest is cut; a synonym of several words is taken whole or not at all.
"""

import unicodedata
from dataclasses import dataclass, field


@dataclass
class Tokens:
    """`ids` padded to full length. Ranges are (start, end) in UTF-16 units of the text as typed."""
    ids: list
    words: list = field(default_factory=list)     # understood: (start, end, ids)
    unknown: list = field(default_factory=list)   # dotted by the app
    other: list = field(default_factory=list)     # spaces, punctuation, symbols
    cut: list = field(default_factory=list)       # understood, but past the limit


class Tokenizer:
    def __init__(self, table):
        self.table = table
        self.longest = max((len(k) for k in (*table['han'], *table['synonyms']) if is_han(k[0])), default=0)

    def __call__(self, text):
        found = Tokens(ids=[])
        characters = _normalised(text)
        index = 0
        while index < len(characters):
            character = characters[index][0]
            if is_latin(character):
                end = _run(characters, index, is_latin)
                self._take(found, characters[index:end], ''.join(c for c, _, _ in characters[index:end]), self.table['latin'])
            elif is_han(character):
                end = index + self._match(characters, index)
                self._take(found, characters[index:end], ''.join(c for c, _, _ in characters[index:end]), self.table['han'])
            else:
                end = index + 1
                _extend(found.other, *_range(characters[index:end]))
            index = end
        if not found.ids:
            found.ids = [self.table['null']]
        found.ids += [self.table['pad']] * (self.table['maxLength'] - len(found.ids))
        return found

    def _match(self, characters, index):
        """Length of the longest key that starts here; 1 when none does."""
        for length in range(min(self.longest, len(characters) - index), 0, -1):
            key = ''.join(c for c, _, _ in characters[index:index + length])
            if key in self.table['han'] or key in self.table['synonyms']:
                return length
        return 1

    def _take(self, found, characters, key, words):
        start, end = _range(characters)
        meaning = self.table['synonyms'].get(key, key).split()
        ids = [words[w] for w in meaning if w in words]
        if not ids:
            if is_han(key[0]):
                _extend(found.unknown, start, end)
            else:
                found.unknown.append((start, end))
        elif found.cut or len(found.ids) + len(ids) > self.table['maxLength']:
            found.cut.append((start, end))
        else:
            found.ids += ids
            found.words.append((start, end, ids))


def is_latin(character):
    code = ord(character)
    return character.isascii() and (character.isalnum() or character == "'") or 0xDF <= code <= 0x24F and code != 0xF7


def is_han(character):
    code = ord(character)
    return 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def _normalised(text):
    """[(character, start, end)]: each normalised character with the range of the cluster it came from."""
    result, place, index = [], 0, 0
    while index < len(text):
        end = index + 1
        while end < len(text) and unicodedata.category(text[end])[0] == 'M':
            end += 1
        cluster = text[index:end]
        units = len(cluster.encode('utf-16-le', 'surrogatepass')) // 2
        shown = unicodedata.normalize('NFKC', cluster).lower().replace('\u2019', "'")
        result += [(character, place, place + units) for character in shown]
        place, index = place + units, end
    return result


def _run(characters, index, belongs):
    while index < len(characters) and belongs(characters[index][0]):
        index += 1
    return index


def _range(characters):
    return characters[0][1], characters[-1][2]


def _extend(ranges, start, end):
    """Adds a range, joined to the last one where they touch or overlap."""
    if ranges and ranges[-1][1] >= start:
        ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
    else:
        ranges.append((start, end))
