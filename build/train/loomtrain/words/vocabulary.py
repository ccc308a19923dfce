"""
The words Loom Mini knows, English and Chinese side by side.

A *word* has an id and reaches the network. A *synonym* becomes one or more words first. A *filler* is a word
that changes nothing by itself but lets an ordinary sentence pass (articles, verbs of motion, the moon).
Nothing here is looked up at run time by the app: `tokenizer_table` writes it into the pack's tokenizer.json.
"""

PAD, NULL = 0, 1
FIRST_WORD = 2

# field -> value -> the words that say it. The first is the one the app shows.
EN = {
    'subject': {'car': ['car'], 'bus': ['bus'], 'sailboat': ['sailboat'], 'balloon': ['balloon'], 'bird': ['bird'], 'cat': ['cat'], 'person': ['person']},
    'colour': {c: [c] for c in ('red', 'blue', 'yellow', 'green', 'orange', 'purple')},
    'time': {'day': ['day'], 'sunset': ['sunset'], 'night': ['night']},
    'setting': {'hills': ['hills'], 'desert': ['desert'], 'city': ['city'], 'sea': ['sea'], 'room': ['room']},
    'motion': {'left': ['left'], 'right': ['right'], 'rise': ['rise'], 'talk': ['talk']},
}
ZH = {
    'subject': {'car': ['小汽车'], 'bus': ['公交车'], 'sailboat': ['帆船'], 'balloon': ['热气球'], 'bird': ['小鸟'], 'cat': ['猫'], 'person': ['人']},
    'colour': {'red': ['红色'], 'blue': ['蓝色'], 'yellow': ['黄色'], 'green': ['绿色'], 'orange': ['橙色'], 'purple': ['紫色']},
    'time': {'day': ['白天'], 'sunset': ['日落'], 'night': ['夜晚']},
    'setting': {'hills': ['山丘'], 'desert': ['沙漠'], 'city': ['城市'], 'sea': ['大海'], 'room': ['房间']},
    'motion': {'left': ['向左'], 'right': ['向右'], 'rise': ['上升'], 'talk': ['说话']},
}

FILLERS_EN = (
    'a an the and is are it its this that there of in on at to from by with for into over under across through past '
    'along above below near beside behind before after around up down out off away toward while as during '
    'slowly gently softly quietly calmly quickly move wear shirt camera hot air sky light moon star sun cloud clear warm '
    'bright dark little big old young happy cosy rolling grass sand wave water road street window tree shot scene view '
    'picture illustration flat animation video wide close portrait beautiful golden blue-hour side one'
).replace('blue-hour ', '').split()
FILLERS_ZH = (
    '一辆 一只 一艘 一个 一位 一条 一架 一 辆 只 艘 个 位 的 地 得 了 着 过 在 正 正在 是 有 和 与 从 到 往 朝 把 被 '
    '上 下 里 中 前 后 旁 间 面 边 移动 穿 衣服 上衣 镜头 对 面对 对着 看着 缓缓 慢慢 轻轻 静静 快速 月亮 星星 太阳 天空 云 阳光 灯光 '
    '明亮 昏暗 温暖 大 小 老 可爱 安静 美丽 公路 道路 窗户 树 草 沙 波浪 水 画面 场景 插画 动画 视频 特写 那 这 时 时分 之'
).split()

SYNONYMS_EN = {
    'car': 'cars auto automobile hatchback taxi cab vehicle sedan',
    'bus': 'buses coach minibus',
    'sailboat': 'sailboats boat boats yacht ship vessel sailing-boat dinghy',
    'balloon': 'balloons aerostat',
    'bird': 'birds birdie sparrow songbird robin',
    'cat': 'cats kitten kitty kittens pussycat feline tomcat',
    'person': 'persons people man woman men women boy girl lady guy human someone somebody speaker talker presenter host figure child kid face',
    'red': 'crimson scarlet ruby reddish', 'blue': 'azure navy cobalt bluish', 'yellow': 'lemon yellowish gold',
    'green': 'emerald lime greenish', 'orange': 'amber tangerine', 'purple': 'violet lilac lavender magenta',
    'day': 'daytime daylight days noon midday afternoon morning sunny daybreak sunshine sunlit sunlight',
    'sunset': 'dusk evening sundown twilight sunsets nightfall afterglow',
    'night': "midnight nighttime moonlit starry nights tonight moonlight starlight night's",
    'hills': 'hill hillside hillsides countryside meadow meadows grassland field fields valley mountains mountain landscape',
    'desert': 'deserts dune dunes sands sandy',
    'city': 'cities town downtown skyline urban metropolis cityscape buildings avenue',
    'sea': 'seas ocean bay lake harbour harbor seaside seascape coast horizon',
    'room': 'rooms indoors indoor inside interior bedroom lounge parlour home apartment',
    'left': 'leftward leftwards', 'right': 'rightward rightwards',
    'rise': 'rises rising rose ascend ascends ascending climb climbs climbing soar soars lift lifts upward upwards',
    'talk': 'talks talking talked speak speaks speaking say says saying tell tells telling chat chats chatting explains explaining',
    'move': 'moves moving goes go going drive drives driving roll rolls rolls travel travels travelling traveling head heads heading '
            'sail sails sailing drift drifts drifting glide glides gliding float floats floating fly flies flying walk walks walking '
            'stroll strolls strolling run runs running cross crosses crossing pass passes passing ride rides riding cruise cruises cruising '
            'wander wanders wandering flap flaps flapping slide slides sliding',
    'wear': 'wears wearing dressed', 'shirt': 'sweater jumper jacket t-shirt tshirt coat dress clothes top pullover',
    'little': 'small tiny', 'big': 'large huge giant', 'cosy': 'cozy comfy', 'star': 'stars', 'cloud': 'clouds', 'wave': 'waves',
    'tree': 'trees', 'light': 'lights lit', 'slowly': 'slow leisurely', 'quickly': 'fast quick', 'gently': 'gentle', 'quietly': 'quiet calm peaceful',
    'toward': 'towards', 'rolling': 'rolls-over', 'grass': 'grassy', 'road': 'roads highway', 'street': 'streets', 'beautiful': 'pretty lovely nice',
    'window': 'windows', 'living': '',
}
SYNONYMS_ZH = {
    '小汽车': '汽车 轿车 车子 小车 车 出租车', '公交车': '公共汽车 巴士 大巴 公车 客车', '帆船': '小船 船 船只 游艇 小帆船 轮船',
    '热气球': '气球', '小鸟': '鸟 鸟儿 飞鸟 麻雀', '猫': '小猫 猫咪 猫儿', '人': '人物 男人 女人 女孩 男孩 女士 先生 孩子 主持人 男子 女子 小孩 姑娘 人们',
    '红色': '红 赤色 大红 鲜红', '蓝色': '蓝 天蓝 深蓝 湛蓝', '黄色': '黄 金色 金黄', '绿色': '绿 翠绿 青色', '橙色': '橙 橘色 橘黄色 橘红', '紫色': '紫',
    '白天': '日间 晴天 中午 上午 下午 早晨 早上 清晨 白日 晴朗 阳光明媚 大白天 正午 晴空', '日落': '黄昏 傍晚 夕阳 晚霞 落日 日落时分 夕阳西下',
    '夜晚': '夜里 晚上 夜间 月夜 深夜 夜 夜色 星空 星夜 月光 午夜 夜空',
    '山丘': '山 山坡 丘陵 田野 草地 乡间 郊外 草原 青山 山野 小山', '沙漠': '沙丘 戈壁 大漠', '城市': '街道 街头 都市 市区 城里 城中 城 街上 大街 高楼',
    '大海': '海 海面 海上 海边 海洋 水面 湖 湖面 海湾', '房间': '室内 屋里 屋内 屋子 家里 客厅 卧室 房子里',
    '向左': '往左 朝左 左', '向右': '往右 朝右 右', '上升': '升起 升空 飘起 升 上浮 飞升 腾空', '说话': '讲话 聊天 交谈 说 讲 讲述 谈话 发言',
    '移动': '行驶 开 开过 飞 飞过 飞行 走 走过 行走 航行 飘 飘过 漂 漂过 驶过 驶 经过 穿过 前进 前行 划过 飘动 散步 奔跑 跑 移 去 走动 飞翔 漂流 飘浮',
    '穿': '穿着 身穿 身着', '衣服': '衣裳 衬衫 毛衣 外套 裙子', '缓缓': '缓慢', '月亮': '明月 月', '星星': '繁星 星', '太阳': '红日', '云': '白云 云朵', '公路': '马路',
}
# Phrases that mean something else than their words in a row.
PHRASES_ZH = {
    '从左到右': '向右', '从左向右': '向右', '从左往右': '向右', '从右到左': '向左', '从右向左': '向左', '从右往左': '向左',
    '左侧': '向左', '右侧': '向右', '左边': '向左', '右边': '向右', '蓝天': '天空', '蓝天白云': '天空 云', '海风': '', '小狗': '',
}


def tokenizer_table(length=32):
    """The contents of tokenizer.json."""
    latin, han, synonyms = {}, {}, {}
    next_id = FIRST_WORD
    for table, fields, fillers in ((latin, EN, FILLERS_EN), (han, ZH, FILLERS_ZH)):
        words = [w for values in fields.values() for forms in values.values() for w in forms]
        for word in dict.fromkeys([*words, *fillers]):
            table[word] = next_id
            next_id += 1
    for groups in (SYNONYMS_EN, SYNONYMS_ZH):
        for word, others in groups.items():
            for other in others.split():
                synonyms[other] = word
    synonyms.update(PHRASES_ZH)
    synonyms = {s: w for s, w in synonyms.items() if w and s not in latin and s not in han and '-' not in s}
    return {
        'format': 'shotloom-tokenizer/1', 'maxLength': length, 'pad': PAD, 'null': NULL,
        'latin': latin, 'han': han, 'synonyms': synonyms,
        'fields': {field: {value: {'en': EN[field][value], 'zh': ZH[field][value]} for value in EN[field]} for field in EN},
    }


def vocabulary_size(table):
    return FIRST_WORD + len(table['latin']) + len(table['han'])
