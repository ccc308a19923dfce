"""Captions and tokens."""

import numpy as np

from ..scene.spec import sample_spec
from .captions import read_caption, write_caption
from .tokenizer import Tokenizer
from .vocabulary import tokenizer_table

TABLE = tokenizer_table()
TOKENIZE = Tokenizer(TABLE)


def test_every_caption_reads_back_as_the_fields_it_says():
    for seed in range(3000):
        spec, draw = sample_spec(seed), np.random.default_rng(seed)
        text, said = write_caption(spec, ('en', 'zh')[seed % 2], draw)
        tokens = TOKENIZE(text)
        assert read_caption(tokens.ids, TABLE) == said, (text, tokens)
        assert not tokens.unknown, (text, tokens.unknown)


def test_an_ordinary_sentence_is_understood():
    tokens = TOKENIZE('A red boat drifts past the moon at night')
    assert read_caption(tokens.ids, TABLE) == {'colour': 'red', 'subject': 'sailboat', 'time': 'night'}
    assert not tokens.unknown


def test_unknown_words_keep_their_place_in_the_text_as_typed():
    text = 'Ａ red 🚗 zeppelin，红色龙猫'
    tokens = TOKENIZE(text)
    utf16 = text.encode('utf-16-le')
    shown = [utf16[2 * a:2 * b].decode('utf-16-le') for a, b in tokens.unknown]
    assert shown == ['zeppelin', '龙']


def test_an_empty_prompt_is_the_unconditional_input():
    assert TOKENIZE('').ids == TOKENIZE('…？').ids == [TABLE['null']] + [TABLE['pad']] * 31


def test_what_does_not_fit_is_reported_and_not_read():
    tokens = TOKENIZE('red ' * 40)
    assert tokens.ids == [TABLE['latin']['red']] * 32
    assert len(tokens.cut) == 8 and tokens.cut[0] == (128, 131)


def test_no_synonym_hides_a_word_and_each_leads_to_words():
    for synonym, meaning in TABLE['synonyms'].items():
        assert synonym not in TABLE['latin'] and synonym not in TABLE['han']
        assert all(w in TABLE['latin'] or w in TABLE['han'] for w in meaning.split()), synonym
