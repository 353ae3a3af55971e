"""What is wrong with each workbook in `broken/`, told from looking at it: one entry a problem, in order."""

from __future__ import annotations

from typing import NamedTuple

from liftplan.models.files.workbook.words.name import Name
from liftplan.models.messages import Message, m


class Told(NamedTuple):
    """One problem: code, sheet, spot in it (`D7`, a column `D`, a row `7`), values that it must show."""

    code: str
    sheet: str = ""
    spot: str = ""
    values: tuple[str | Message, ...] = ()
    warning: bool = False


_AMOUNT = Name("Amount (yuan)", "金额（元）")
_INCOME = Name("Income per person (yuan)", "人均年收入（元）")
_CHANNELS = Name("fiscal | sector | household | social", "财政扶贫资金 | 行业扶贫资金 | 扶贫到户资金 | 社会扶贫资金")
_DOCUMENT_TYPE = m("{name} has a document type", name="xl/worksheets/sheet7.xml")
_EXCEL = (".xlsx",)

WORKBOOK_DEFECTS: dict[str, list[Told]] = {
    "amounts-in-ten-thousands": [Told("unit", "资金", "E", ("30", "102,000", "万元"), warning=True)],
    "bomb": [Told("workbook-size", values=("18", "67126994"))],
    "cell-error": [Told("cell-error", "资金", "E3", ("#REF!",))],
    "cell-twice": [Told("workbook", "资金", values=_EXCEL)],
    "choice-unknown": [Told("value", "资金", "D2", ("财政扶贫", _CHANNELS, Name("fiscal?", "财政扶贫资金")))],
    "column-missing": [Told("column-missing", "资金", values=(_AMOUNT,))],
    "column-misspelt": [Told("column-unknown", "贫困户", "D", ("人均年收人（元）", _INCOME))],
    "column-twice": [
        Told("column-twice", "部门", "B", (Name("Id", "编号"), "A", "B")),
        Told("column-missing", "部门", values=(Name("Name", "名称"),)),
    ],
    "column-unknown": [
        Told("column-unknown", "用途", "B", ("xyz", Name("Id, Name, English name", "编号、名称、英文名称"))),
        Told("column-missing", "用途", values=(Name("Name", "名称"),)),
    ],
    "column-without-name": [Told("column-unknown", "村", "D", ("村",))],
    "cost-without-purpose": [Told("blank", "费用", "B3")],
    "cut-off": [Told("workbook", values=_EXCEL)],
    "date-as-text": [Told("value", "村级项目", "E2", ("2015年10月31日", "2015-09-30"))],
    "date-made-of-a-text": [Told("value", "村级项目", "D3", ("2015-03-05",))],
    "empty": [Told("empty-file", values=("liftplan new county.xlsx",))],
    "entities": [Told("workbook", values=(_DOCUMENT_TYPE,))],
    "far-cell": [Told("workbook-size", "资金", values=("XFD1048576",))],
    "formula-without-value": [Told("formula", "资金", "E3", ("Excel",))],
    "hidden": [
        Told("hidden", "村", values=("村",), warning=True),
        Told("hidden", "资金", "3", ("1",), warning=True),
        Told("hidden", "资金", "G", (Name("Fee (basis points)", "管理费比例（基点）"),), warning=True),
    ],
    "household-without-village": [Told("blank", "贫困户", "B3")],
    "id-twice": [
        Told("key-twice", "部门", "A3", ("poverty", "2")),
        Told("reference", "资金", "C3", ("water", "部门")),
    ],
    "long-number": [Told("value", "账户", "C2", ("6222020200112230000", "15"))],
    "merged-cells": [Told("merged", "费用", "A2", ("A2:A4",))],
    "number-is-a-word": [Told("value", "贫困户", "C2", ("四", "1", "50"))],
    "number-is-nan": [Told("value", "贫困户", "D2", ("NaN", "0", "10,000,000"))],
    "number-is-true": [Told("value", "贫困户", "C2", ("TRUE", "1", "50"))],
    "ods": [Told("workbook-format", values=("OpenDocument", *_EXCEL))],
    "of-2003": [Told("workbook-format", values=("Excel 97-2003", *_EXCEL))],
    "of-word": [Told("workbook-format", values=("liftplan new county.xlsx",))],
    "open-document": [Told("workbook-format", values=("OpenDocument", *_EXCEL))],
    "percentage-of-persons": [
        Told("value", "政策规则", "C2", ("100 %", "%")),
        Told("value", "贫困户", "C2", ("300 %", "1", "50")),
    ],
    "plan": [Told("form", values=("liftplan new county.xlsx",))],
    "r4-row-in-fractions": [Told("value", "R4部门投入下限", "D2", ("0.5",))],
    "r4-row-of-nobody": [Told("reference", "R4部门投入下限", "C2", ("povrty", "poverty", "部门"))],
    "reference-dangling": [
        Told("reference", "资金", "F3", ("watr", "用途", "water")),
        Told("purpose-unpaid", "用途", "A3", ("water", "2"), warning=True),
    ],
    "requires-in-a-circle": [Told("requirement-circle", "村级项目", "D2", ("v01-p01 > v01-p02 > v01-p01",))],
    "setting-blank": [
        Told("blank", "政策规则", "C2", ("3000000",)),
        Told("blank", "政策规则", "C3", (Name("village", "村"),)),
    ],
    "setting-misspelt": [Told("field-unknown", "政策规则", "A2", ("minimun", "minimum"))],
    "setting-of-a-wrong-kind": [
        Told("value", "政策规则", "C2", ("三十万",)),
        Told("value", "政策规则", "C3", ("乡", Name("village | township | group", "村 | 乡镇 | 类别"))),
    ],
    "setting-twice": [Told("field-twice", "政策规则", "C4", ("R3.minimum",))],
    "setting-without-key": [Told("blank", "政策规则", "A4")],
    "settings-without-value-column": [Told("column-unknown", "县情", "C", ("取直", Name("Value", "取值")))],
    "sheet-damaged": [Told("workbook", "资金", values=(m("it is no XML"), *_EXCEL))],
    "sheet-lost": [Told("workbook", values=("sheet7.xml", *_EXCEL))],
    "sheet-missing": [Told("sheet-missing", values=(Name("County", "县情"), "liftplan new county.xlsx"))],
    "sheet-misspelt": [Told("table-unknown", "贫困沪", values=("贫困沪", Name("Households", "贫困户")))],
    "sheet-twice": [Told("table-twice", "Funds", values=("资金", "Funds"))],
    "sheets-of-something-else": [Told("form", values=("liftplan new county.xlsx",))],
    "slot-of-a-project-without": [Told("slot", "到户措施", "G2", ("v01-p01",))],
    "ten-thousands-in-fractions": [Told("value", "资金", "E3", ("10.12345", "万元", "101234.5"))],
    "truth-value-unknown": [Told("value", "村", "D2", ("也许",))],
    "unit-above-the-table": [Told("unit-above", "费用", "B1", ("单位：万元", _AMOUNT))],
    "unit-unknown": [Told("unit-unknown", "资金", "E", ("美元", _AMOUNT))],
    "village-unknown": [Told("reference", "贫困户", "B2", ("v09", "村", "v01"))],
    "web-page": [Told("workbook", values=_EXCEL)],
    "with-password": [Told("workbook-password")],
    "year-as-a-date": [Told("value", "县情", "C4", ("2015-01-01",))],
    "yuan-fraction": [Told("value", "费用", "C2", ("50000.5", "50000"))],
    "yuan-in-words": [Told("value", "费用", "C2", ("5万", "50000"))],
    "yuan-negative": [Told("value", "资金", "E2", ("-1", "0"))],
}
"""By name of the file, without `xlsx-` and its ending."""
