"""Names: departments, purposes, needs, townships and invented villages."""

from __future__ import annotations

import numpy as np

from liftplan.models.rows import Department, Need, Purpose

DEPARTMENTS = (
    Department(id="poverty", name="县扶贫办", name_en="Poverty alleviation office"),
    Department(id="ndrc", name="县发展和改革局", name_en="Development and reform bureau"),
    Department(id="finance", name="县财政局", name_en="Finance bureau"),
    Department(id="transport", name="县交通运输局", name_en="Transport bureau"),
    Department(id="agriculture", name="县农业局", name_en="Agriculture bureau"),
    Department(id="forestry", name="县林业局", name_en="Forestry bureau"),
    Department(id="water", name="县水利局", name_en="Water bureau"),
    Department(id="land", name="县国土资源局", name_en="Land and resources bureau"),
    Department(id="housing", name="县住房和城乡建设局", name_en="Housing and construction bureau"),
    Department(id="civil_affairs", name="县民政局", name_en="Civil affairs bureau"),
    Department(id="disabled", name="县残疾人联合会", name_en="Disabled persons' federation"),
    Department(id="health", name="县卫生和计划生育局", name_en="Health and family planning bureau"),
    Department(id="education", name="县教育局", name_en="Education bureau"),
    Department(id="ethnic_affairs", name="县民族宗教事务局", name_en="Ethnic and religious affairs bureau"),
    Department(id="resettlement", name="县移民局", name_en="Resettlement bureau"),
    Department(id="society", name="社会帮扶（企业与帮扶单位）", name_en="Society (enterprises and partner units)"),
)

PURPOSES = (
    Purpose(id="industry", name="产业发展", name_en="Industry", poolable=True),
    Purpose(id="village_road", name="通村公路", name_en="Village roads", poolable=True),
    Purpose(id="group_road", name="组级公路", name_en="Group roads", poolable=True),
    Purpose(id="farmland", name="基本农田", name_en="Farmland", poolable=True),
    Purpose(id="irrigation", name="小型水利", name_en="Small irrigation", poolable=True),
    Purpose(id="drinking_water", name="饮水安全", name_en="Drinking water", poolable=True),
    Purpose(id="renovation", name="危房改造", name_en="House renovation", poolable=True),
    Purpose(id="relocation", name="搬迁建房", name_en="Relocation houses", poolable=True),
    Purpose(id="site", name="安置点基础设施", name_en="Resettlement sites", poolable=True),
    Purpose(id="training", name="技能培训", name_en="Training"),
    Purpose(id="schooling", name="义务教育资助", name_en="Compulsory schooling"),
    Purpose(id="medical", name="医疗救助与卫生", name_en="Medical care"),
    Purpose(id="interest", name="贷款贴息与互助", name_en="Interest subsidy and mutual fund"),
    Purpose(id="energy", name="清洁能源", name_en="Clean energy", poolable=True),
    Purpose(id="forestry", name="林业生态", name_en="Forestry and ecology", poolable=True),
    Purpose(id="public", name="公共服务", name_en="Public service"),
    Purpose(id="local_share", name="地方配套", name_en="Local share", poolable=True),
)

NEEDS = (
    Need(id="housing", name="住房安全", name_en="Safe housing"),
    Need(id="water", name="饮水安全", name_en="Safe drinking water"),
    Need(id="education", name="义务教育", name_en="Compulsory education"),
    Need(id="medical", name="基本医疗", name_en="Basic medical care"),
)

ZIGUI_TOWNSHIPS = (
    "茅坪镇", "归州镇", "屈原镇", "沙镇溪镇", "两河口镇", "郭家坝镇", "杨林桥镇", "九畹溪镇",
    "水田坝乡", "泄滩乡", "梅家河乡", "磨坪乡",
)  # fmt: skip
"""The eight towns and four townships of Zigui."""

_FIRST = {
    "松": "song", "柏": "bai", "桂": "gui", "兰": "lan", "竹": "zhu", "梅": "mei", "柳": "liu", "桃": "tao",
    "云": "yun", "雾": "wu", "青": "qing", "白": "bai", "金": "jin", "银": "yin", "龙": "long", "凤": "feng",
    "石": "shi", "泉": "quan", "清": "qing", "长": "chang", "双": "shuang", "平": "ping", "福": "fu",
    "安": "an", "新": "xin", "文": "wen", "仁": "ren", "和": "he", "天": "tian", "高": "gao",
}  # fmt: skip
_SECOND = {
    "坪": "ping", "坝": "ba", "岭": "ling", "湾": "wan", "溪": "xi", "沟": "gou", "垭": "ya", "坡": "po", "岩": "yan",
    "冲": "chong", "寨": "zhai", "庄": "zhuang", "河": "he", "池": "chi", "泉": "quan", "坳": "ao", "梁": "liang",
    "垴": "nao", "峡": "xia", "口": "kou",
}  # fmt: skip
"""Characters of invented names, with their readings."""
_NUMBERS = "〇一二三四五六七八九"


def townships(villages: int, zigui: bool) -> list[str]:
    """Township of each village: Zigui's twelve in equal parts, or invented ones of four villages."""
    if zigui:
        names = list(ZIGUI_TOWNSHIPS)
    else:
        first, second = list(_FIRST), list(_SECOND)
        names = [
            f"{first[-1 - place % len(first)]}{second[place % len(second)]}{_round(place)}乡"
            for place in range(max(1, -(-villages // 4)))
        ]
    return [names[place * len(names) // villages] for place in range(villages)]


def _round(place: int) -> str:
    # Every pair of characters comes back after 60 places (least common multiple of 30 and 20): number the rounds.
    return _numbered(place // 60)


def _numbered(times: int) -> str:
    return "" if times == 0 else "".join(_NUMBERS[int(digit)] for digit in str(times))


def village_names(rng: np.random.Generator, villages: int) -> tuple[list[str], list[str]]:
    """Invented names and their readings, the names all different; any likeness to a real village is chance."""
    pairs = [(first, second) for first in _FIRST for second in _SECOND if first != second]
    order = rng.permutation(len(pairs)).tolist()
    names, readings = [], []
    for place in range(villages):
        times, index = divmod(place, len(pairs))
        first, second = pairs[order[index]]
        names.append(f"{first}{second}{_numbered(times)}村")
        readings.append(f"{_FIRST[first]}{_SECOND[second]}".capitalize() + (f" {times}" if times else ""))
    return names, readings
