"""
Captions: a spec said in English or Chinese, in many ways, and read back.

Fields are dropped, reordered and said in synonyms, because prompts are: half of the captions leave one or two
fields open, so the network learns to fill in what nobody asked for.
"""

import numpy as np

from ..scene.spec import FIELDS
from .vocabulary import EN, FILLERS_EN, FILLERS_ZH, ZH

LANGUAGES = ('en', 'zh')
DROP_CHANCE = {'colour': .08, 'time': .18, 'setting': .18, 'motion': .18}
TAGS_CHANCE = .12
NOISE_CHANCE = .12

NOUNS_EN = {
    'car': ['car', 'little car', 'car', 'automobile'], 'bus': ['bus', 'bus', 'big bus'],
    'sailboat': ['sailboat', 'boat', 'yacht'], 'balloon': ['hot air balloon', 'balloon'],
    'bird': ['bird', 'little bird', 'bird'], 'cat': ['cat', 'kitten', 'cat'], 'person': ['person', 'man', 'woman', 'person'],
}
NOUNS_ZH = {
    'car': ('一辆', ['小汽车', '汽车', '轿车']), 'bus': ('一辆', ['公交车', '巴士', '公共汽车']), 'sailboat': ('一艘', ['帆船', '小船', '船']),
    'balloon': ('一个', ['热气球', '气球']), 'bird': ('一只', ['小鸟', '鸟', '鸟儿']), 'cat': ('一只', ['猫', '小猫', '猫咪']), 'person': ('一个', ['人', '女人', '男人']),
}
VERBS_EN = {
    'car': ['moves', 'drives', 'rolls', 'is driving', 'heads'], 'bus': ['moves', 'drives', 'travels', 'is moving'],
    'sailboat': ['moves', 'sails', 'drifts', 'glides'], 'balloon': ['moves', 'floats', 'drifts', 'is floating'],
    'bird': ['moves', 'flies', 'glides', 'is flying'], 'cat': ['moves', 'walks', 'strolls', 'is walking'],
}
VERBS_ZH = {
    'car': ['移动', '行驶', '开'], 'bus': ['移动', '行驶', '开'], 'sailboat': ['移动', '航行', '漂'],
    'balloon': ['移动', '飘'], 'bird': ['移动', '飞', '飞行'], 'cat': ['移动', '走', '走动'],
}
SIDES_EN = {
    'left': ['{v} left', '{v} to the left', '{v} from right to left', '{v} slowly to the left', '{v} towards the left', '{v} left across the scene'],
    'right': ['{v} right', '{v} to the right', '{v} from left to right', '{v} slowly to the right', '{v} towards the right', '{v} right across the scene'],
}
SIDES_ZH = {
    'left': ['向左{v}', '往左{v}', '从右向左{v}', '慢慢向左{v}', '正在向左{v}', '朝左{v}'],
    'right': ['向右{v}', '往右{v}', '从左向右{v}', '缓缓向右{v}', '正在向右{v}', '朝右{v}'],
}
RISE_EN = ['rises', 'rises slowly', 'floats up and rises', 'is rising into the sky', 'climbs into the sky']
RISE_ZH = ['缓缓上升', '上升', '升起', '慢慢升空', '正在上升']
TALK_EN = ['talks', 'talks to the camera', 'is talking', 'speaks', 'is speaking to the camera']
TALK_ZH = ['说话', '正在说话', '对着镜头说话', '在讲话', '面对镜头说话']
SETTING_EN = {
    'hills': ['in the hills', 'across the hills', 'in the green hills', 'rolling hills', 'in the countryside', 'green hills'],
    'desert': ['in the desert', 'through the desert', 'across the yellow desert', 'in the dunes', 'the desert'],
    'city': ['in the city', 'through the city', 'in the city street', 'downtown', 'the city'],
    'sea': ['on the sea', 'by the sea', 'over the ocean', 'at sea', 'the blue sea', 'over the sea'],
    'room': ['in a room', 'in a cosy room', 'indoors', 'inside a room', 'at home'],
}
SETTING_ZH = {
    'hills': ['山丘上', '在山丘', '绿色的山丘', '在田野里', '山坡上'], 'desert': ['沙漠里', '在沙漠中', '黄色的沙漠', '沙丘上'],
    'city': ['城市里', '在城市', '城市街道上', '街头'], 'sea': ['大海上', '在海上', '蓝色的大海', '海面上', '海边'],
    'room': ['房间里', '在室内', '在房间', '屋里', '在客厅'],
}
TIME_EN = {
    'day': ['in the daytime', 'on a sunny day', 'during the day', 'under a blue sky in daylight', 'in the morning', 'day'],
    'sunset': ['at sunset', 'at dusk', 'in the evening', 'in the golden light of sunset', 'sunset'],
    'night': ['at night', 'under the moon at night', 'on a moonlit night', 'under the stars at night', 'on a starry night', 'night'],
}
TIME_ZH = {
    'day': ['白天', '晴天', '阳光明媚的白天', '早晨', '上午'], 'sunset': ['日落时分', '黄昏', '傍晚', '夕阳下', '日落'],
    'night': ['夜晚', '晚上', '月夜', '星空下的夜晚', '夜里'],
}


def write_caption(spec, language, draw, drops=True, noise=True):
    """
    One way to say `spec`. Returns (caption, said): said is the dict of fields that the caption names.

    `draw`: numpy Generator. Without `drops` every field is said; without `noise` no stray words are mixed in.
    """
    said = {f: v for f, v in spec.words().items() if not (drops and draw.random() < DROP_CHANCE.get(f, 0.))}
    write = _write_en if language == 'en' else _write_zh
    text = _tags(said, language, draw) if draw.random() < TAGS_CHANCE else write(spec, said, draw)
    if noise and draw.random() < NOISE_CHANCE:
        text = _with_stray_words(text, language, draw)
    return text, said


def read_caption(tokens, tokenizer_table):
    """
    The fields a token list names, by rule: the first value of each field, except that a colour straight before
    a place (green hills, 蓝色的大海) is the place's, and 'from left to right' is one motion.
    """
    names = {i: w for table in ('latin', 'han') for w, i in tokenizer_table[table].items()}
    words = [names[t] for t in tokens if t in names]
    meaning = {w: (f, v) for language in (EN, ZH) for f, values in language.items() for v, forms in values.items() for w in forms}
    found = {}
    for index, word in enumerate(words):
        if word not in meaning:
            continue
        field, value = meaning[word]
        if field == 'colour' and _colours_a_place(words, index, meaning):
            continue
        if field == 'motion' and words[index - 1:index] == ['from']:
            continue
        found.setdefault(field, value)
    return found


def _colours_a_place(words, index, meaning):
    following = [w for w in words[index + 1:index + 3] if w not in ('的',)][:1]
    return bool(following) and (following[0] in ('sky', '天空') or meaning.get(following[0], ('',))[0] == 'setting')


def _pick(draw, options):
    return str(options[draw.integers(len(options))])


def _write_en(spec, said, draw):
    colour = said.get('colour', '')
    noun = _pick(draw, NOUNS_EN[spec.subject])
    if spec.subject == 'person' and colour:
        who = _pick(draw, [f'a {noun} in {colour}', f'a {noun} in a {colour} shirt', f'a {noun} wearing {colour}'])
    else:
        words = f'{colour} {noun}'.strip()
        article = _pick(draw, ['a', 'a', 'the', ''])
        who = f"{'an' if article == 'a' and words[0] in 'aeio' else article} {words}".strip()
    parts = [who]
    if 'motion' in said:
        parts[0] += ' ' + _motion_en(spec, draw)
    places = [_pick(draw, SETTING_EN[said['setting']])] if 'setting' in said else []
    times = [_pick(draw, TIME_EN[said['time']])] if 'time' in said else []
    rest = places + times if draw.random() < .6 else times + places
    parts = rest + parts if rest and draw.random() < .2 else parts + rest
    return _pick(draw, [', ', ', ', ' ']).join(parts)


def _motion_en(spec, draw):
    if spec.motion == 'rise':
        return _pick(draw, RISE_EN)
    if spec.motion == 'talk':
        return _pick(draw, TALK_EN)
    return _pick(draw, SIDES_EN[spec.motion]).format(v=_pick(draw, VERBS_EN[spec.subject]))


def _write_zh(spec, said, draw):
    measure, nouns = NOUNS_ZH[spec.subject]
    colour = ZH['colour'][said['colour']][0] if 'colour' in said else ''
    noun = _pick(draw, nouns)
    if spec.subject == 'person' and colour:
        who = f'{measure}穿{colour}{_pick(draw, ["衣服", "上衣", "毛衣"])}的{noun}'
    else:
        who = _pick(draw, [measure, measure, '']) + (colour + _pick(draw, ['的', '']) if colour else '') + noun
    if 'motion' in said:
        who += _motion_zh(spec, draw)
    places = [_pick(draw, SETTING_ZH[said['setting']])] if 'setting' in said else []
    times = [_pick(draw, TIME_ZH[said['time']])] if 'time' in said else []
    rest = times + places if draw.random() < .7 else places + times
    parts = rest + [who] if draw.random() < .8 else [who] + rest
    return _pick(draw, ['，', '，', '']).join(parts)


def _motion_zh(spec, draw):
    if spec.motion == 'rise':
        return _pick(draw, RISE_ZH)
    if spec.motion == 'talk':
        return _pick(draw, TALK_ZH)
    return _pick(draw, SIDES_ZH[spec.motion]).format(v=_pick(draw, VERBS_ZH[spec.subject]))


def _tags(said, language, draw):
    words = EN if language == 'en' else ZH
    tags = [words[field][value][0] for field, value in said.items() if field != 'colour']
    if 'colour' in said:  # stays with its noun: a colour before a place would be the place's
        tags[0] = words['colour'][said['colour']][0] + (' ' if language == 'en' else '') + tags[0]
    return (', ' if language == 'en' else '，').join(draw.permutation(tags))


def _with_stray_words(text, language, draw):
    """One to three fillers between clauses; inside one they could come between a colour and its noun."""
    comma, space = (', ', ' ') if language == 'en' else ('，', '')
    clauses = text.split(comma)
    for _ in range(draw.integers(1, 4)):
        stray = _pick(draw, FILLERS_EN if language == 'en' else FILLERS_ZH)
        at = draw.integers(len(clauses))
        if stray not in ('from', '从'):
            clauses[at] = space.join([stray, clauses[at]] if draw.random() < .5 else [clauses[at], stray])
    return comma.join(clauses)


def any_caption(spec, draw, english_share=.55):
    """A training caption in either language."""
    return write_caption(spec, 'en' if draw.random() < english_share else 'zh', draw)[0]


def target_indices(said):
    """The class index of each field, for a classifier with one more class for 'not said'."""
    return [FIELDS[f].index(said[f]) if f in said else len(FIELDS[f]) for f in FIELDS]
