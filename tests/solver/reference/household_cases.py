"""Counties argued by hand: R5, R8, R9, the exit test, weights, direct effects."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.policy import Exit, HouseholdMax, HouseholdMin, Objective
from liftplan.models.rows import CostLine, Demand, Household, Measure

from .hamlet import LINE, Cases, county, fund, home, house, pair, project

HOMES = Cases()


@HOMES.add("R5", "hard", 3.0)
def topped_up() -> County:
    """Whoever gets a house of 10,000 gets 5,000 more: 20,000 yuan are enough for one household."""
    return pair(20_000, R5=HouseholdMin(minimum=15_000))


@HOMES.add("R5", "hard", 5.0)
def topped_up_exactly() -> County:
    """30,000 are enough for two."""
    return pair(30_000, R5=HouseholdMin(minimum=15_000))


@HOMES.add("R5", "hard", 0.0)
def no_payer_of_topups() -> County:
    """Houses could be paid, top-ups (industry) not: nobody is assisted."""
    homes = [home("small", 2), home("large", 3)]
    houses = [*house("small", 10_000), *house("large", 10_000)]
    return county(fund(90_000, purposes=("house",)), homes, houses, R5=HouseholdMin(minimum=15_000))


@HOMES.add("R5", "hard", None)
def every_household() -> County:
    """The idle household gets 15,000, too, though nothing can be done for it: 45,000 are asked for, 44,999 there."""
    return pair(44_999, home("idle", 1), R5=HouseholdMin(minimum=15_000, applies_to="every"))


@HOMES.add("R5", "hard", 2.0)
def every_household_pays() -> County:
    """45,000 yuan must go to the three households. The idle one's 15,000 are a top-up, the small one's house is 10,000.

    The large one's house would be 15,001: one yuan too much.
    """
    rule = HouseholdMin(minimum=15_000, applies_to="every")
    return pair(45_000, home("idle", 1), second=15_001, R5=rule)


@HOMES.add("R5", "hard", 3.0)
def free_help_needs_no_topup() -> County:
    """The house of the large household is free: it is not assisted. A yuan for the small one calls for 15,000."""
    return pair(14_999, first=1, second=0, R5=HouseholdMin(minimum=15_000))


@HOMES.add("R5", "hard", 1.0)
def topups_do_not_pass_for_more() -> County:
    """The house for 12,000 of the small household, with 3,000 on top, leaves 5,000 of 20,000.

    A road for 5,000 is then built, which gives one person a house; a larger top-up, or none, would be against R5. The
    small household must never be helped, so that the road alone lifts the one.
    """
    never = Demand(sense="never", target="household", id="small")
    one = [home("one", 1), *house("one", 0, requires=("road",))]
    homes = [home("small", 2), *house("small", 12_000), *one]
    return county(fund(20_000), homes, project("road", 5_000), never, R5=HouseholdMin(minimum=15_000))


@HOMES.add("R5", "soft", 4.0)
def minimum_missed() -> County:
    """Two houses, each 5,000 short of 15,000, at 1 person per 10,000: 5 - 1 beats 3."""
    return pair(20_000, R5=HouseholdMin(enforce="soft", price=1_000_000, minimum=15_000))


@HOMES.add("R5", "soft", 4.5)
def minimum_reached_in_part() -> County:
    """5,000 yuan more are left for top-ups: only 5,000 are short, at 1 person per 10,000."""
    return pair(25_000, R5=HouseholdMin(enforce="soft", price=1_000_000, minimum=15_000))


@HOMES.add("R8", "hard", 3.0)
def requires_project() -> County:
    """The small household's house needs a road for 10,000: with 20,000 yuan the large one's is better."""
    homes = [home("small", 2), home("large", 3)]
    houses = [*house("small", 10_000, requires=("road",)), *house("large", 10_000)]
    return county(fund(20_000), homes, project("road", 10_000), houses)


@HOMES.add("R8", "hard", 3.0)
def project_requires_project() -> County:
    """The road needs a bridge for 10,000 instead: the same."""
    homes = [home("small", 2), home("large", 3)]
    houses = [*house("small", 10_000, requires=("road",)), *house("large", 10_000)]
    ways = [*project("bridge", 10_000), *project("road", requires=("bridge",))]
    return county(fund(20_000), homes, ways, houses)


@HOMES.add("R8", "hard", 3.0)
def one_slot() -> County:
    """The site has a place for one house."""
    homes = [home("small", 2), home("large", 3)]
    houses = [*house("small", 10_000, uses_slot="site"), *house("large", 10_000, uses_slot="site")]
    return county(fund(90_000), homes, project("site", 1, slots=1), houses)


@HOMES.add("R8", "hard", 3.0)
def alternative_projects() -> County:
    """One of two roads is built: that of the large household."""
    homes = [home("small", 2), home("large", 3)]
    roads = [*project("east", 1, alternative_group="road"), *project("west", 1, alternative_group="road")]
    houses = [*house("small", 10_000, requires=("east",)), *house("large", 10_000, requires=("west",))]
    return county(fund(90_000), homes, roads, houses)


def _two_needs(**changes: object) -> County:
    """One household that needs a house and water, each met by a measure of its own."""
    both = home("both", 2, needs=("house", "water"))
    well = Measure.model_validate(
        {"id": "both-well", "household": "both", "name": "well", "meets": ("water",), **changes}
    )
    line = CostLine(item="both-well", purpose="house", yuan=1)
    return county(fund(90_000), both, house("both", 10_000, **changes), well, line)


@HOMES.add("R8", "hard", 2.0)
def both_needs() -> County:
    """Nothing stands against taking both."""
    return _two_needs()


@HOMES.add("R8", "hard", 0.0)
def alternative_measures() -> County:
    """They are alternatives: one need stays."""
    return _two_needs(alternative_group="way")


@HOMES.add("R8", "hard", 0.0)
def one_main_house() -> County:
    """Both are main houses: one need stays."""
    return _two_needs(main_house=True)


@HOMES.add("R8", "hard", 0.0)
def one_worker() -> County:
    """Each ties up the only worker: one need stays."""
    return _two_needs(labour=1)


@HOMES.add("R8", "hard", 0.0)
def accepted_next_year() -> County:
    """The road is refunded when it is accepted, next year: not built in this one."""
    late = project("road", 1, mode="build_first", acceptance_year=2016)
    return county(fund(90_000), home("small", 2), late, house("small", 10_000, requires=("road",)))


@HOMES.add("R8", "hard", -1.0)
def effect_cannot_be_refused() -> County:
    """A road that must be built has an effect that softly must not be, at 1 person: it is taken all the same."""
    rich = home("rich", 2, needs=())
    demands = [
        Demand(sense="must", target="project", id="road"),
        Demand(sense="never", target="measure", id="rich-house", enforce="soft", price=1_000_000),
    ]
    return county(fund(1), rich, project("road", 1), house("rich", 0, requires=("road",)), demands)


@HOMES.add("R9", "hard", 2.0)
def maximum() -> County:
    """A household may get 10,000: the large one's house costs one yuan more."""
    return pair(90_000, second=10_001, R9=HouseholdMax(enforce="hard", maximum=10_000))


@HOMES.add("R9", "hard", 2.0)
def maximum_counts_topups() -> County:
    """The large household's house and its top-up come to 12,001, one yuan too much.

    It is 12,001 by itself; that of the small one is 10,000 with 2,000 on top: exactly the maximum.
    """
    rules = {"R5": HouseholdMin(minimum=12_000), "R9": HouseholdMax(enforce="hard", maximum=12_000)}
    return pair(90_000, second=12_001, **rules)


@HOMES.add("R9", "soft", 4.0)
def maximum_passed() -> County:
    """Both houses are 1,000 yuan over 9,000, at 5 persons per 10,000: 5 - 2 x 0.5."""
    return pair(90_000, R9=HouseholdMax(enforce="soft", price=5_000_000, maximum=9_000))


def _farm(gain: int, income: int, **changes: object) -> County:
    poor = Household(id="poor", village="v", persons=3, income=income, labour=1)
    farm = Measure.model_validate(
        {"id": "farm", "household": "poor", "name": "farm", "income_gain": gain, "labour": 1, **changes}
    )
    return county(fund(90_000), poor, farm, CostLine(item="farm", purpose="industry", yuan=1))


@HOMES.add("exit", "", 3.0)
def income_reached() -> County:
    """3 x 900 + 300 = 3 x 1000."""
    return _farm(300, 900)


@HOMES.add("exit", "", 0.0)
def income_missed_by_a_yuan() -> County:
    """3 x 900 + 299 < 3 x 1000."""
    return _farm(299, 900)


@HOMES.add("exit", "", 0.0)
def income_of_next_year() -> County:
    """The gain begins next year."""
    return _farm(300, 900, gain_from_year=2016)


@HOMES.add("exit", "", 0.0)
def margin() -> County:
    """With 1 basis point more, 3,000.3 are asked for, and 3,000 there."""
    return _farm(300, 900).with_policy(_farm(300, 900).policy.model_copy(update={"exit": Exit(margin_bp=1)}))


@HOMES.add("exit", "", 3.0)
def already_out_counts_nothing() -> County:
    """The rich household passes with nothing done."""
    rich = home("rich", 9, needs=(), income=LINE)
    return county(fund(10_000), home("large", 3), house("large", 10_000), rich, house("rich", 5_000))


@HOMES.add("weights", "", 4.0)
def largest_weight() -> County:
    """The small household's two count double (of weights 2 and 1 the largest): 4 beats 3."""
    homes = [home("small", 2, groups=("ill", "old")), home("large", 3)]
    houses = [*house("small", 10_000), *house("large", 10_000)]
    return county(fund(10_000), homes, houses, objective=Objective(weights={"ill": 2, "old": 1}))
