"""What tables and columns mean: English as the schemas say it, Chinese here."""

from __future__ import annotations

import re

from pydantic import BaseModel

from liftplan.models.files.workbook.words.name import Name

TABLES_ZH: dict[str, str] = {
    "departments": "管理资金的县级部门。",
    "purposes": "资金可限定的用途。",
    "needs": "除收入达标外，脱贫须满足的需求，如住房安全、饮水安全。",
    "funds": "各项资金：主管部门、渠道、金额、用途、支持对象、使用范围和投入方式。",
    "budgets": "某项资金某一年度的金额，仅在与资金表中的金额不同时填写。",
    "fund_shares": "资金使用比例（R7）：某项资金的支出用于指定用途的比例不低于或不高于规定值。",
    "villages": "村，及其整村推进和帮扶情况。",
    "minimum_overrides": "个别村单列的下限，代替政策规定的下限。",
    "projects": "村级项目。",
    "households": "建档立卡贫困户。",
    "measures": "到户措施；没有费用的措施是其前置项目的直接效益。",
    "costs": "费用：项目或措施的成本中归于某一用途的部分；各行之和为总成本。",
    "commitments": "已定资金：已支出或已承诺的资金（R11）。",
    "baseline": "上年可整合资金的台账金额（R6）。",
    "accounts": "部门账户，用于拨款通知，可不填。",
    "demands": "必须与不得（R12）：指定的项目、措施、户或村。",
    "sources": "数据来源与假设。",
    "R4.rows": "R4 的各行：每个整村推进村从某部门（或某几个部门合计）得到的资金下限。",
    "R13.rows": "R13 的各行：某项资金（或某部门的资金合计）的支出下限。",
}
"""By table."""

_ID, _NAME, _NAME_EN = "编号：文字、数字及 _ - . ，同一表内不得重复。", "名称。", "英文名称；不填则用“名称”。"
_MODE = "资金投入方式：直补、贴息、以奖代补、先建后补。"

COLUMNS_ZH: dict[str, dict[str, str]] = {
    "departments": {"id": _ID, "name": "部门全称。", "name_en": _NAME_EN},
    "purposes": {
        "id": _ID,
        "name": _NAME,
        "name_en": _NAME_EN,
        "poolable": "“是”表示在 R2 设为“统筹使用”时，可统筹的资金都可用于此用途。",
    },
    "needs": {"id": _ID, "name": _NAME, "name_en": _NAME_EN},
    "funds": {
        "id": _ID,
        "name": "资金全称。",
        "name_en": _NAME_EN,
        "department": "主管部门的编号。",
        "channel": "渠道：财政扶贫资金、行业扶贫资金、扶贫到户资金、社会扶贫资金。",
        "amount": "每年金额，整数元，含管理费；“分年资金”表可另定某年金额。",
        "purposes": "可用于的用途编号，多个用分号分隔。",
        "recipients": "可支持村级项目、到户措施或两者；不填为两者。",
        "villages": "只用于这些村；不填为不限。三种限定须同时满足，同一种限定满足其一即可。",
        "village_tags": "只用于带有这些标签之一的村；不填为不限。",
        "household_groups": "只用于这些类别之一的户；不填为不限。填写后不得用于村级项目。",
        "modes": "可采用的投入方式，多种用分号分隔；不填为全部。",
        "integrable": "“否”表示专款专用：只列示，不参与安排，也不计入整合率。",
        "poolable": "“是”表示在 R2 设为“统筹使用”时，可用于所有可统筹的用途。",
        "fee_bp": "事先提取的管理费占金额的比例，基点（万分之一）；管理费进位到整数元。",
        "carry_over": "“是”表示未用完的资金可结转下年（多年度）。",
    },
    "budgets": {"fund": "资金编号。", "year": "年度。", "amount": "该年金额，整数元，含管理费。"},
    "fund_shares": {
        "id": _ID,
        "fund": "资金编号。",
        "sense": "不低于或不高于。",
        "share_bp": "占该项资金支出的比例，基点（万分之一）。",
        "purposes": "计入的用途编号，多个用分号分隔。",
    },
    "villages": {
        "id": _ID,
        "name": _NAME,
        "name_en": _NAME_EN,
        "township": "所在乡镇。",
        "tags": "标签，供资金限定使用范围，多个用分号分隔。",
        "population": "总人口，人。",
        "in_push": "“是”表示列入整村推进，适用 R3 和 R4。",
        "push_year": "指定的推进年度（多年度）；不填由求解确定。",
        "leader": "“1119”帮扶：挂点县领导。",
        "lead_unit": "“1119”帮扶：牵头单位。",
        "enterprise": "“1119”帮扶：帮扶企业。",
        "member_units": "“1119”帮扶：成员单位，用分号分隔。",
    },
    "minimum_overrides": {
        "village": "村编号。",
        "rule": "R3，或“R4部门投入下限”表中某行的编号。",
        "minimum": "每年下限，整数元；0 表示不设下限。",
    },
    "projects": {
        "id": _ID,
        "village": "资金计入的村的编号。",
        "name": _NAME,
        "name_en": _NAME_EN,
        "requires": "必须同时建设的项目编号（不限本村），多个用分号分隔。",
        "alternative_group": "同一村同一互斥组的项目最多建一个；不填为无。",
        "slots": "安置点的名额，供到户措施占用；不填为无。",
        "mode": _MODE,
        "leveraged": "带动的其他资金，整数元；不计入台账金额。",
        "deadline": "完成期限，日期。",
        "acceptance_year": "验收年度（先建后补）；不填为付款当年。",
        "longitude": "东经度数；可不填。",
        "latitude": "北纬度数；可不填。",
    },
    "households": {
        "id": _ID,
        "village": "村编号。",
        "persons": "家庭人口，人。",
        "income": "人均年收入，整数元，含各项补贴。",
        "needs": "尚未满足的需求编号，多个用分号分隔。",
        "groups": "类别（贫困类型、致贫原因等），供限定范围、权重和公平规则使用，多个用分号分隔。",
        "labour": "劳动力，人。",
    },
    "measures": {
        "id": _ID,
        "household": "户编号。",
        "name": _NAME,
        "name_en": _NAME_EN,
        "income_gain": "每户每年增收，整数元。",
        "meets": "所满足的需求编号，多个用分号分隔。",
        "requires": "必须建设的项目编号（不限本村），多个用分号分隔。",
        "uses_slot": "占用其名额的项目编号，该项目须建设；不填为不占用。",
        "labour": "占用的劳动力，人。",
        "main_house": "“是”表示主房措施：每户最多一项。",
        "alternative_group": "同一户同一互斥组的措施最多采取一项；不填为无。",
        "mode": _MODE,
        "leveraged": "农户自筹或银行贷款，整数元；不计入台账金额。",
        "gain_from_year": "增收开始计算的年度；不填为付款当年。",
    },
    "costs": {"item": "项目或措施的编号。", "purpose": "用途编号。", "yuan": "金额，整数元，大于 0。"},
    "commitments": {
        "fund": "资金编号。",
        "item": "项目或措施的编号，该项必须安排。",
        "purpose": "用途编号，须是该项费用的用途之一。",
        "yuan": "金额，整数元，大于 0。",
    },
    "baseline": {"village": "村编号；不填为全县。", "yuan": "上年金额，整数元。"},
    "accounts": {
        "department": "部门编号。",
        "account_name": "账户名称。",
        "account_number": "账号；请按文本填写，以免末位被改动。",
        "due_q1": "一季度拨付期限，日期。",
        "due_q2": "二季度拨付期限，日期。",
        "due_q3": "三季度拨付期限，日期。",
        "due_q4": "四季度拨付期限，日期。",
    },
    "demands": {
        "sense": "必须：建设、采取、脱贫、至少得到一元。不得：不建、不采取、不安排措施、不安排资金。",
        "target": "所指对象的类型。",
        "id": "所指对象的编号。",
        "enforce": "硬性、软性（按价格计）或停用。",
        "price": "软性时未做到的代价，百万分之一人。",
    },
    "sources": {"subject": "所说明的事项。", "kind": "引用、推算、假设或模拟。", "note": "出处或理由。"},
    "R4.rows": {
        "id": _ID,
        "name": "名称；不填则显示部门。",
        "departments": "合并计算的部门编号，多个用分号分隔。",
        "minimum": "每村每年下限，整数元。",
    },
    "R13.rows": {
        "id": _ID,
        "fund": "资金编号；按部门计算时不填。",
        "department": "部门编号；按资金计算时不填。",
        "share_bp": "占金额的比例，基点（万分之一），进位到整数元。",
    },
}
"""By table and column."""


def table_meaning(table: str, schema: type[BaseModel]) -> Name:
    """What the rows of a table are."""
    return Name(plain(" ".join((schema.__doc__ or "").split())), TABLES_ZH[table])


def column_meaning(table: str, field: str, schema: type[BaseModel]) -> Name:
    """What a column holds."""
    return Name(plain(schema.model_fields[field].description or ""), COLUMNS_ZH[table][field])


def plain(text: str) -> str:
    """A docstring as people read it in a workbook: no marks of code."""
    text = re.sub(r'""(?= |;|$)', "blank", text)
    text = re.sub(r"\bTrue\b", "Yes", re.sub(r"\bFalse\b", "No", text))
    return " ".join(text.replace("`", "").replace("empty =", "blank =").split())
