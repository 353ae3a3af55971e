"""A small sound county as the sheets of a Chinese workbook, to be spoilt in one place."""

from __future__ import annotations

from typing import Any

Sheets = dict[str, list[list[Any]]]

_SETTINGS = ["代码", "项目", "取值", "含义"]


def small_book() -> Sheets:
    """Its sheets, by name; every call makes new ones."""
    return {
        "县情": [
            list(_SETTINGS),
            ["id", "县编号", "small", None],
            ["name", "县名", "小县", None],
            ["years", "规划年度", 2015, None],
            ["poverty_line.2015", "贫困线", 2855, None],
        ],
        "政策规则": [list(_SETTINGS), ["R3.minimum", "下限", 0, None], ["R10.by", "计算范围", "乡镇", None]],
        "R4部门投入下限": [["编号", "名称", "部门", "下限（元）"], ["poverty", "扶贫", "poverty", 0]],
        "部门": [["编号", "名称"], ["poverty", "扶贫办"], ["water", "水利局"]],
        "用途": [["编号", "名称"], ["industry", "产业"], ["water", "饮水"]],
        "需求": [["编号", "名称"], ["water", "饮水安全"]],
        "资金": [
            ["编号", "名称", "部门", "渠道", "金额（元）", "用途", "管理费比例（基点）"],
            ["special", "专项资金", "poverty", "财政扶贫资金", 200000, "industry", None],
            ["safe_water", "饮水资金", "water", "行业扶贫资金", 100000, "water", 100],
        ],
        "村": [
            ["编号", "名称", "乡镇", "整村推进村"],
            ["v01", "桃园村", "向阳镇", "是"],
            ["v02", "石桥村", "向阳镇", "否"],
        ],
        "村级项目": [
            ["编号", "村", "名称", "前置项目", "完成期限"],
            ["v01-p01", "v01", "水厂", None, None],
            ["v01-p02", "v01", "管网", "v01-p01", None],
        ],
        "贫困户": [
            ["编号", "村", "人口", "人均年收入（元）", "需求"],
            ["h1", "v01", 4, 2000, "water"],
            ["h2", "v01", 3, 2100, None],
            ["h3", "v02", 2, 1900, None],
        ],
        "到户措施": [
            ["编号", "户", "名称", "年增收（元）", "满足需求", "前置项目", "占用名额的项目", "主房"],
            ["m1", "h1", "自来水", None, "water", "v01-p02", None, "否"],
            ["m2", "h2", "茶园", 3000, None, None, None, "否"],
            ["m3", "h3", "养猪", 2500, None, None, None, "否"],
        ],
        "费用": [
            ["项目或措施", "用途", "金额（元）"],
            ["v01-p01", "water", 50000],
            ["v01-p02", "water", 30000],
            ["m2", "industry", 12000],
            ["m3", "industry", 10000],
        ],
    }
