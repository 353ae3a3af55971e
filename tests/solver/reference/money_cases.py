"""Counties argued by hand: R1, R2, R6, R7, R11, R13."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.policy import (
    Committed,
    FundAmount,
    FundShareRule,
    GrowthMin,
    PurposeRule,
    SpendMin,
    SpendMinRow,
)
from liftplan.models.rows import Baseline, Budget, Commitment, FundShare

from .hamlet import Cases, county, fund, home, house, pair, project, village

MONEY = Cases()


@MONEY.add("R1", "hard", 3.0)
def one_house() -> County:
    """15,000 yuan pay one house of 10,000: the larger household's."""
    return pair(15_000)


@MONEY.add("R1", "hard", 3.0)
def fee_rounded_up() -> County:
    """Of 20,001 yuan, 1 basis point (2.0001 yuan) is reserved as 3 yuan: 19,998 are left, 2 short of two houses."""
    homes = [home("small", 2), home("large", 3)]
    return county(fund(20_001, fee_bp=1), homes, house("small", 10_000), house("large", 10_000))


@MONEY.add("R1", "hard", 5.0)
def budget_of_the_year() -> County:
    """The fund's own 0 yuan do not count: the year's budget row has 20,000, enough for both houses."""
    return pair(0, Budget(fund="grant", year=2015, amount=20_000))


@MONEY.add("R1", "soft", 4.8)
def overspent() -> County:
    """Both houses cost 5,000 yuan too much: 0.5 x 0.4 person. 5 - 0.2 beats 3."""
    return pair(15_000, R1=FundAmount(enforce="soft", price=400_000))


@MONEY.add("R2", "hard", 2.0)
def other_purpose() -> County:
    """Only a road fund could pay the large household's house, whose line is a house: nobody pays it."""
    homes = [home("small", 2), home("large", 3)]
    funds = [fund(10_000, purposes=("industry",)), fund(10_000, "roads", purposes=("road",))]
    return county(funds, homes, house("small", 10_000, purpose="industry"), house("large", 10_000))


@MONEY.add("R2", "hard", 5.0)
def pooled() -> County:
    """The industry fund is poolable and so are houses: under `pooled` it pays both."""
    homes = [home("small", 2), home("large", 3)]
    funds = [fund(20_000, purposes=("industry",), poolable=True)]
    houses = [*house("small", 10_000), *house("large", 10_000)]
    return county(funds, homes, houses, R2=PurposeRule(purpose_rule="pooled"))


@MONEY.add("R2", "hard", 0.0)
def pooled_not_poolable() -> County:
    """The same, but the fund is not poolable: nothing is paid."""
    homes = [home("small", 2), home("large", 3)]
    houses = [*house("small", 10_000), *house("large", 10_000)]
    return county(fund(20_000, purposes=("industry",)), homes, houses, R2=PurposeRule(purpose_rule="pooled"))


@MONEY.add("R2", "hard", 1.0)
def scope() -> County:
    """Of four households with the same house, only `inside` is in the fund's village, tag and group, and a grant.

    `elsewhere` is in another village, `healthy` in no group, and the house of `late` is an interest subsidy.
    """
    places = [village("v", tags=("high",)), village("w", tags=("high",))]
    homes = [
        home("inside", 1, groups=("ill",)),
        home("elsewhere", 2, village="w", groups=("ill",)),
        home("healthy", 4),
        home("late", 8, groups=("ill",)),
    ]
    houses = [row for name in ("inside", "elsewhere", "healthy") for row in house(name, 1_000)]
    late = house("late", 1_000, mode="interest_subsidy")
    limits = {"villages": ("v",), "village_tags": ("high", "low"), "household_groups": ("ill",), "modes": ("grant",)}
    return county(places, fund(50_000, **limits), homes, houses, late)


@MONEY.add("R2", "hard", 2.0)
def recipients() -> County:
    """The large household's house needs a site; the fund for measures pays no project, that with groups neither."""
    funds = [fund(90_000, recipients=("measures",)), fund(90_000, "ill", household_groups=("ill",))]
    homes = [home("small", 2), home("large", 3, groups=("ill",))]
    return county(
        funds, homes, project("site", 1_000), house("small", 10_000), house("large", 10_000, requires=("site",))
    )


@MONEY.add("R2", "hard", 0.0)
def ring_fenced() -> County:
    """Money that is not integrable pays nothing."""
    return county(fund(90_000, integrable=False), home("small", 2), house("small", 10_000))


@MONEY.add("R6", "hard", 2.0)
def growth() -> County:
    """12,000 yuan pay one house. At least 11,000 must be spent (10,000 x 110 %): not the cheap one of the three."""
    return pair(12_000, Baseline(yuan=10_000), first=12_000, R6=GrowthMin())


@MONEY.add("R6", "hard", 2.0)
def growth_rounded_up() -> County:
    """9,091 yuan x 110 % = 10,000.1: 10,001 are asked for, the price of the house of the two; the other is cheaper."""
    return pair(12_000, Baseline(yuan=9_091), first=10_001, R6=GrowthMin())


@MONEY.add("R6", "hard", 2.0)
def village_growth() -> County:
    """One house can be paid. The village of the small household got a yuan last year, so it gets something."""
    places = [village("v"), village("w")]
    homes = [home("small", 2), home("large", 3, village="w")]
    houses = [*house("small", 10_000), *house("large", 10_000)]
    return county(places, fund(10_000), homes, houses, Baseline(village="v", yuan=1), R6=GrowthMin(villages=True))


@MONEY.add("R6", "soft", 2.8)
def growth_missed() -> County:
    """The house of the three is 1,000 yuan short of 11,000, which costs 0.1 x 2 persons: 2.8 beats 2."""
    return pair(12_000, Baseline(yuan=10_000), first=12_000, R6=GrowthMin(enforce="soft", price=2_000_000))


def _share(sense: str, purposes: tuple[str, ...]) -> FundShare:
    return FundShare.model_validate(
        {"id": "half", "fund": "grant", "sense": sense, "share_bp": 5_000, "purposes": purposes}
    )


@MONEY.add("R7", "hard", 3.0)
def at_least_half() -> County:
    """Half of what is spent goes to roads: with 20,000 yuan a useless road for 10,000, and one house."""
    return pair(20_000, project("road", 10_000), _share("at_least", ("road",)))


@MONEY.add("R7", "hard", 3.0)
def at_most_half() -> County:
    """At most half of what is spent goes to houses: the same."""
    return pair(20_000, project("road", 10_000), _share("at_most", ("house", "industry")))


@MONEY.add("R7", "soft", 4.6)
def half_missed() -> County:
    """Two houses and no road are half of 20,000 yuan short: 1 x 0.4 person. 5 - 0.4 beats 3."""
    rule = FundShareRule(enforce="soft", price=400_000)
    return pair(20_000, project("road", 10_000), _share("at_least", ("road",)), R7=rule)


@MONEY.add("R7", "soft", 2.9999666)
def share_of_a_yuan() -> County:
    """One house of 1 yuan, no road, which half should be: half a yuan is short, 0.5 / 10,000 x 0.668 person."""
    homes = [home("large", 3)]
    rule = FundShareRule(enforce="soft", price=668_000)
    return county(fund(20_000), homes, house("large", 1), _share("at_least", ("road",)), R7=rule)


def _promise() -> Commitment:
    return Commitment(fund="grant", item="small-house", purpose="house", yuan=10_000)


@MONEY.add("R11", "hard", 2.0)
def promised() -> County:
    """The only house that 10,000 yuan pay is promised to the small household."""
    return pair(10_000, _promise())


@MONEY.add("R11", "hard", None)
def promised_too_much() -> County:
    """10,000 yuan are promised of 9,000."""
    return pair(9_000, _promise())


@MONEY.add("R11", "hard", 2.0)
def promised_in_part() -> County:
    """The fund for both has promised 4,000 of the 10,000: 6,000 from the other fund complete the small house."""
    promise = Commitment(fund="grant", item="small-house", purpose="house", yuan=4_000)
    return pair(4_000, fund(6_000, "other"), promise)


@MONEY.add("R11", "soft", 2.5)
def promise_broken() -> County:
    """Breaking the promise costs 1 x 0.5 person and gives the house to three: 2.5 beats 2."""
    return pair(10_000, _promise(), R11=Committed(enforce="soft", price=500_000))


def _spend_all(enforce: str, price: int = 0, **of: str) -> SpendMin:
    row = SpendMinRow.model_validate({"id": "all", "share_bp": 10_000, **of})
    return SpendMin.model_validate({"enforce": enforce, "price": price, "rows": (row,)})


@MONEY.add("R13", "hard", 2.0)
def spent_to_the_end() -> County:
    """All of 20,000 yuan must be spent: on the house for 20,000 of the two, not on that for 10,000 of the three."""
    return pair(20_000, first=20_000, R13=_spend_all("hard", fund="grant"))


@MONEY.add("R13", "hard", 2.0)
def department_spends() -> County:
    """Two funds of 10,000 of one department, together to the end: the same."""
    return pair(10_000, fund(10_000, "other"), first=20_000, R13=_spend_all("hard", department="poverty"))


@MONEY.add("R13", "soft", 2.7)
def money_left() -> County:
    """10,000 yuan left cost 0.3 person: 2.7 beats 2."""
    return pair(20_000, first=20_000, R13=_spend_all("soft", 300_000, fund="grant"))
