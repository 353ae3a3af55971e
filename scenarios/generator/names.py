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
    Department(id="society", name="社会帮扶（企业与帮扶单位）", name_en="Society (enterprises and partner units)"),
)

PURPOSES = (
    Purpose(id="industry", name="产业发展", name_en="Industry", poolable=True),
    Purpose(id="village_road", name="通村公路", name_en="Village roads", poolable=True),
    Purpose(id="group_road", name="组级公路", name_en="Group roads", poolable=True),
    Purpose(id="farmland", name="基本农田", name_en="Farmland", poolable=True),
    Purpose(id="irrigation", name="小型水利", name_en="Small irrigation", poolable=True),
    Purpose(id="drinking_water", name="饮水安全", name_en="Drinking water", poolable=True),
    Purpose(id="house", name="住房建设", name_en="Houses", poolable=True),
    Purpose(id="site", name="安置点基础设施", name_en="Resettlement sites", poolable=True),
    Purpose(id="training", name="培训与助学", name_en="Training and schooling"),
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

_FIRST = "松柏桂兰竹梅柳桃云雾青白金银龙凤石泉清长双平福安新文仁和天高"
_SECOND = "坪坝岭湾溪沟垭坡岩冲寨庄河池泉坳梁垴峡口"
_NUMBERS = "一二三四五六七八九十"


def townships(villages: int, zigui: bool) -> list[str]:
    """Township of each village, in blocks of about equal size: Zigui's twelve, or invented ones of four villages."""
    if zigui:
        names = list(ZIGUI_TOWNSHIPS)
    else:
        names = [
            f"{_FIRST[-1 - place % len(_FIRST)]}{_SECOND[place % len(_SECOND)]}{_round(place)}乡"
            for place in range(max(1, -(-villages // 4)))
        ]
    return [names[place * len(names) // villages] for place in range(villages)]


def _round(place: int) -> str:
    # Every pair of characters comes back after 60 places (least common multiple of 30 and 20): number the rounds.
    times = place // 60
    return "" if times == 0 else "".join(_NUMBERS[int(digit)] for digit in str(times))


def village_names(rng: np.random.Generator, villages: int) -> list[str]:
    """Invented names, all different; any likeness to a real village is chance."""
    pairs = [first + second for first in _FIRST for second in _SECOND]
    order = rng.permutation(len(pairs))
    names = []
    for place in range(villages):
        times, index = divmod(place, len(pairs))
        number = "" if times == 0 else "".join(_NUMBERS[int(digit)] for digit in str(times))
        names.append(pairs[order[index]] + number + "村")
    return names
