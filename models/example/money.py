"""Departments, purposes and funds of the example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liftplan.models.base import Row
from liftplan.models.rows import Account, Baseline, Department, Fund, FundShare, Purpose

DEPARTMENTS = (
    Department(id="poverty", name="县扶贫开发办公室", name_en="Poverty alleviation office"),
    Department(id="ndrc", name="县发展和改革局", name_en="Development and reform bureau"),
    Department(id="finance", name="县财政局", name_en="Finance bureau"),
    Department(id="transport", name="县交通运输局", name_en="Transport bureau"),
    Department(id="agriculture", name="县农业局", name_en="Agriculture bureau"),
    Department(id="water", name="县水利局", name_en="Water bureau"),
    Department(id="housing", name="县住房和城乡建设局", name_en="Housing bureau"),
    Department(id="civil_affairs", name="县民政局", name_en="Civil affairs bureau"),
    Department(id="society", name="县社会扶贫办", name_en="Partners and donors"),
)

PURPOSES = (
    Purpose(id="road", name="农村道路", name_en="Rural roads", poolable=True),
    Purpose(id="water", name="农村饮水", name_en="Drinking water", poolable=True),
    Purpose(id="housing", name="住房建设", name_en="Housing", poolable=True),
    Purpose(id="industry", name="产业发展", name_en="Industry", poolable=True),
    Purpose(id="public", name="公共服务设施", name_en="Public facilities", poolable=True),
    Purpose(id="living", name="基本生活救助", name_en="Living allowance"),
)

FUNDS = (
    Fund(
        id="special_poverty",
        name="财政专项扶贫资金",
        name_en="Special poverty fund",
        department="poverty",
        channel="fiscal",
        amount=208_000,
        purposes=("industry", "road", "housing"),
        poolable=True,
        fee_bp=100,
    ),
    Fund(
        id="work_relief",
        name="以工代赈资金",
        name_en="Work relief fund",
        department="ndrc",
        channel="fiscal",
        amount=160_000,
        purposes=("road", "water"),
        recipients=("projects",),
        poolable=True,
    ),
    Fund(
        id="village_reward",
        name="一事一议财政奖补资金",
        name_en="Village public works reward",
        department="finance",
        channel="fiscal",
        amount=60_000,
        purposes=("public", "road"),
        recipients=("projects",),
        modes=("grant", "reward"),
        poolable=True,
    ),
    Fund(
        id="village_road",
        name="农村公路建设补助资金",
        name_en="Village road fund",
        department="transport",
        channel="sector",
        amount=300_000,
        purposes=("road",),
        recipients=("projects",),
    ),
    Fund(
        id="farm_industry",
        name="农业产业发展资金",
        name_en="Farm industry fund",
        department="agriculture",
        channel="sector",
        amount=14_000,
        purposes=("industry",),
    ),
    Fund(
        id="safe_water",
        name="农村饮水安全工程资金",
        name_en="Safe water fund",
        department="water",
        channel="sector",
        amount=230_000,
        purposes=("water",),
        village_tags=("mountain",),
    ),
    Fund(
        id="house_renovation",
        name="农村危房改造补助资金",
        name_en="House renovation fund",
        department="housing",
        channel="household",
        amount=16_000,
        purposes=("housing",),
        recipients=("measures",),
        household_groups=("poor", "allowance"),
    ),
    Fund(
        id="partner_aid",
        name="定点帮扶资金",
        name_en="Partner aid",
        department="society",
        channel="social",
        amount=24_000,
        purposes=("industry", "public"),
    ),
    Fund(
        id="living_allowance",
        name="最低生活保障资金",
        name_en="Low-income allowance",
        department="civil_affairs",
        channel="household",
        amount=300_000,
        purposes=("living",),
        recipients=("measures",),
        integrable=False,
    ),
)

SHARES = (
    FundShare(id="industry_share", fund="special_poverty", sense="at_least", share_bp=2_000, purposes=("industry",)),
)

BASELINE = (Baseline(yuan=800_000),)

ACCOUNTS = (
    Account(
        department="poverty",
        account_name="示范县扶贫资金专户",
        account_number="示例账号-001",
        due_q1="2015-03-31",
        due_q2="2015-06-30",
        due_q3="2015-09-30",
        due_q4="2015-12-20",
    ),
    Account(department="transport", account_name="示范县交通运输局专户", account_number="示例账号-002"),
)

ROWS: Mapping[str, Sequence[Row]] = {
    "departments": DEPARTMENTS,
    "purposes": PURPOSES,
    "funds": FUNDS,
    "fund_shares": SHARES,
    "baseline": BASELINE,
    "accounts": ACCOUNTS,
}
"""Rows by table."""
