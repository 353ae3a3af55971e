"""Names of the sheets."""

from __future__ import annotations

from liftplan.models.files.workbook.words.name import Name

README, COUNTY, RULES, MINIMUMS, SPENDING, SOURCES = "readme", "county", "rules", "R4.rows", "R13.rows", "sources"

SHEETS: dict[str, Name] = {
    README: Name("Read me", "说明"),
    COUNTY: Name("County", "县情"),
    RULES: Name("Rules", "政策规则"),
    MINIMUMS: Name("R4 minimums", "R4部门投入下限"),
    SPENDING: Name("R13 minimums", "R13支出下限"),
    "departments": Name("Departments", "部门"),
    "purposes": Name("Purposes", "用途"),
    "needs": Name("Needs", "需求"),
    "funds": Name("Funds", "资金"),
    "budgets": Name("Budgets", "分年资金"),
    "fund_shares": Name("Fund shares", "资金使用比例"),
    "villages": Name("Villages", "村"),
    "minimum_overrides": Name("Minimum overrides", "单列村下限"),
    "projects": Name("Projects", "村级项目"),
    "households": Name("Households", "贫困户"),
    "measures": Name("Measures", "到户措施"),
    "costs": Name("Costs", "费用"),
    "commitments": Name("Commitments", "已定资金"),
    "baseline": Name("Baseline", "上年资金"),
    "accounts": Name("Accounts", "账户"),
    "demands": Name("Demands", "必须与不得"),
    SOURCES: Name("Sources", "数据来源"),
}
"""By the name of the table, in the order in which they stand."""

OTHERWISE: dict[str, tuple[str, ...]] = {
    COUNTY: ("基本信息", "基本情况", "县", "Head"),
    RULES: ("政策", "规则", "Policy"),
    "departments": ("单位", "主管部门", "Units", "Offices"),
    "funds": ("扶贫资金", "专项资金", "资金来源", "Money"),
    "villages": ("村庄", "行政村", "贫困村", "村情"),
    "projects": ("项目", "村项目", "项目库"),
    "households": ("农户", "户", "贫困农户", "建档立卡户", "Families"),
    "measures": ("措施", "户措施", "帮扶措施", "Actions"),
    "costs": ("成本", "费用明细", "投资", "Cost lines"),
    "needs": ("需要", "两不愁三保障"),
}
"""What people call some of them instead: not read, but known for what is meant."""
