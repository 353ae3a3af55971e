"""Settings of the county and its rules: names, and what they mean in Chinese."""

from __future__ import annotations

from liftplan.models.files.workbook.words.meanings import plain
from liftplan.models.files.workbook.words.name import Name
from liftplan.models.policy import RULES, Policy

HEAD: dict[str, tuple[Name, str]] = {
    "schema_version": (Name("Format", "格式版本"), "县数据格式的版本，请勿改动。"),
    "id": (Name("County id", "县编号"), "编号：文字、数字及 _ - . 。"),
    "name": (Name("County name", "县名"), "县名。"),
    "name_en": (Name("English name", "英文名称"), "英文名称；不填则用县名。"),
    "years": (Name("Years", "规划年度"), "规划年度，由先到后，多个用分号分隔。"),
    "poverty_line": (Name("Poverty line", "贫困线"), "该年贫困线，每人每年整数元；每个年度一行。"),
}
"""Name and Chinese meaning of each field of the head."""

FIELDS: dict[str, Name] = {
    "enforce": Name("enforcement", "执行方式"),
    "price": Name("price when soft", "软性价格"),
    "source": Name("source", "依据"),
    "purpose_rule": Name("purpose rule", "用途规则"),
    "minimum": Name("minimum, yuan", "下限（元）"),
    "maximum": Name("maximum, yuan", "上限（元）"),
    "applies_to": Name("applies to", "适用对象"),
    "purpose": Name("purpose of top-ups", "补足资金的用途"),
    "growth_bp": Name("growth, basis points", "增长要求（基点）"),
    "villages": Name("for each village too", "逐村适用"),
    "share_bp": Name("share, basis points", "比例（基点）"),
    "by": Name("counted by", "计算范围"),
    "margin_bp": Name("margin, basis points", "余量（基点）"),
    "second": Name("second goal", "第二目标"),
    "weights": Name("weight of the group", "类别权重"),
}
"""Fields of the rules."""

MEANINGS_ZH: dict[str, str] = {
    "enforce": "硬性：必须做到；软性：做不到时按价格计；停用：不考虑。",
    "price": "软性时每缺一万元的代价，百万分之一人（R10 为每缺一人）。",
    "source": "政策文件或说明。",
    "R2.enforce": "始终为硬性。",
    "R8.enforce": "始终为硬性。",
    "R12.enforce": "停用时不考虑“必须与不得”整张表。",
    "R2.purpose_rule": "用途不变：各项资金只用于规定的用途；统筹使用：可统筹的资金可用于所有可统筹的用途。",
    "R3.minimum": "每个整村推进村每年的资金下限，整数元。",
    "R5.minimum": "每户下限，整数元。",
    "R5.applies_to": "受助户：只适用于受助户；所有贫困户：适用于所有尚未达标的贫困户。",
    "R5.purpose": "补足资金（农户发展补助）的用途编号。",
    "R6.growth_bp": "全县资金与上年之比，基点（11000 即 110 %）。",
    "R6.villages": "“是”表示有上年资金的村也不得低于上年。",
    "R9.maximum": "每户上限，整数元。",
    "R10.share_bp": "应脱贫人数占尚未达标人数的比例，基点，进位到整数人。",
    "R10.by": "按村、乡镇或户类别计算。",
    "exit.margin_bp": "收入须达到贫困线的（10000 + 余量）基点。",
    "objective.second": "用钱最少，或使未脱贫户的需求满足最多。",
    "objective.weights": "该类别每人的权重，1 至 1000 的整数；每个类别一行，代码写作 objective.weights.类别。",
}
"""By path, or by field where it means the same in every rule."""

_PARTS: dict[str, Name] = {"exit": Name("Exit test", "脱贫标准"), "objective": Name("Objective", "目标")}


def rule_name(path: str) -> Name:
    """Name of the setting at a path of the policy, as in `R3.minimum`."""
    part, _, field = path.partition(".")
    field = field.partition(".")[0]
    what = FIELDS[field]
    if part in _PARTS:
        return Name(f"{_PARTS[part].en}: {what.en}", f"{_PARTS[part].zh}：{what.zh}")
    rule = RULES[part]
    return Name(f"{part} {rule.text('en')}: {what.en}", f"{part} {rule.text('zh')}：{what.zh}")


def rule_meaning(path: str) -> Name:
    """What the setting at a path of the policy means."""
    part, _, field = path.partition(".")
    field = field.partition(".")[0]
    schema = Policy.model_fields[part].annotation
    english = getattr(schema, "model_fields", {})[field].description or ""
    chinese = MEANINGS_ZH.get(f"{part}.{field}") or MEANINGS_ZH[field]
    return Name(plain(english), chinese)
