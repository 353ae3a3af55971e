"""Counties argued by hand: R3, R4, R10, R12."""

from __future__ import annotations

from typing import Any

from liftplan.models.county import County
from liftplan.models.policy import (
    DepartmentMin,
    Fairness,
    HouseholdMin,
    VillageDepartmentMin,
    VillageTotalMin,
)
from liftplan.models.rows import Demand, MinimumOverride, Row

from .hamlet import Cases, county, fund, home, house, pair, project, village

PLACES = Cases()


def _two_villages(amount: int, *rows: Row | list[Row], in_push: bool = True, **rules: Any) -> County:
    """Small (2 persons) in village v, large (3 persons) and huge (4 persons) in w; every house costs 10,000."""
    places = [village("v", in_push=in_push), village("w")]
    homes = [home("small", 2), home("large", 3, village="w"), home("huge", 4, village="w")]
    houses = [row for one in homes for row in house(one.id, 10_000)]
    return county(places, fund(amount), homes, houses, *rows, **rules)


_ONLY_V = MinimumOverride(village="w", rule="R3", minimum=0)


@PLACES.add("R3", "hard", 6.0)
def village_minimum() -> County:
    """20,000 yuan would lift the seven of w; v must get 10,000 of them: 2 + 4."""
    return _two_villages(20_000, _ONLY_V, R3=VillageTotalMin(minimum=10_000))


@PLACES.add("R3", "hard", 7.0)
def not_in_push() -> County:
    """Village v is not in the programme: no minimum there."""
    return _two_villages(20_000, _ONLY_V, in_push=False, R3=VillageTotalMin(minimum=10_000))


@PLACES.add("R3", "hard", 0.0)
def padding() -> County:
    """Village v must get 30,001 of 39,999 yuan. Its house costs 10,000: only a useless road for 39,999 reaches that."""
    return _two_villages(39_999, _ONLY_V, project("road", 39_999), R3=VillageTotalMin(minimum=30_001))


@PLACES.add("R3", "soft", 6.5)
def village_minimum_missed() -> County:
    """Village v is 10,000 short at 0.5 person: 7 - 0.5 beats 6."""
    return _two_villages(20_000, _ONLY_V, R3=VillageTotalMin(enforce="soft", price=500_000, minimum=10_000))


def _from_water(enforce: str, price: int = 0) -> dict[str, Any]:
    row = DepartmentMin(id="waters", departments=("water",), minimum=10_000)
    rule = {"enforce": enforce, "price": price, "rows": (row,)}
    return {"R4": VillageDepartmentMin.model_validate(rule)}


def _departments(enforce: str, price: int = 0) -> County:
    """10,000 yuan each from the poverty office and the water office; the row is for v only."""
    only_v = MinimumOverride(village="w", rule="waters", minimum=0)
    return _two_villages(10_000, fund(10_000, "water", department="water"), only_v, **_from_water(enforce, price))


@PLACES.add("R4", "hard", 6.0)
def department_minimum() -> County:
    """The water office gives its 10,000 to v, the poverty office lifts the four of w."""
    return _departments("hard")


@PLACES.add("R4", "soft", 6.5)
def department_minimum_missed() -> County:
    """Village v is 10,000 short at 0.5 person: 7 - 0.5 beats 6."""
    return _departments("soft", 500_000)


@PLACES.add("R10", "hard", 6.0)
def fair_villages() -> County:
    """Half of the two of v (1) and of the seven of w (3.5, rounded up 4) are lifted: small and huge."""
    return _two_villages(20_000, R10=Fairness(enforce="hard", share_bp=5_000))


@PLACES.add("R10", "hard", 7.0)
def fair_groups() -> County:
    """Half of the 9 ill (5): large and huge (7) do it without v. The healthy are no group."""
    homes = [home("small", 2, groups=("ill",)), home("large", 3, groups=("ill",)), home("huge", 4, groups=("ill",))]
    houses = [row for one in homes for row in house(one.id, 10_000)]
    return county(fund(20_000), homes, houses, R10=Fairness(enforce="hard", share_bp=5_000, by="group"))


@PLACES.add("R10", "hard", 7.0)
def fair_township() -> County:
    """Both villages are of one township: half of 9 is reached by the seven of w alone."""
    return _two_villages(20_000, R10=Fairness(enforce="hard", share_bp=5_000, by="township"))


@PLACES.add("R10", "hard", 7.0)
def fair_without_closed() -> County:
    """Village v may get no yuan: its people are not counted."""
    closed = Demand(sense="never", target="village", id="v")
    return _two_villages(20_000, closed, R10=Fairness(enforce="hard", share_bp=5_000))


@PLACES.add("R10", "soft", 6.4)
def unfair() -> County:
    """In v one person too few is lifted, at 0.6: 7 - 0.6 beats 6."""
    return _two_villages(20_000, R10=Fairness(enforce="soft", price=600_000, share_bp=5_000))


def _demand(sense: str, target: str, name: str, price: int | None = None) -> Demand:
    enforce = {"enforce": "hard"} if price is None else {"enforce": "soft", "price": price}
    return Demand.model_validate({"sense": sense, "target": target, "id": name, **enforce})


@PLACES.add("R12", "hard", 2.0)
def must_measure() -> County:
    """The only house that 10,000 yuan pay must be the small household's."""
    return pair(10_000, _demand("must", "measure", "small-house"))


@PLACES.add("R12", "hard", 2.0)
def must_household() -> County:
    """The small household must be lifted: the same."""
    return pair(10_000, _demand("must", "household", "small"))


@PLACES.add("R12", "hard", 3.0)
def must_household_already_out() -> County:
    """Whoever is out already keeps the must."""
    rich = home("rich", 9, needs=())
    return pair(10_000, rich, _demand("must", "household", "rich"))


@PLACES.add("R12", "hard", 3.0)
def must_project() -> County:
    """A road for 10,000 must be built: one house is left of 20,000."""
    return pair(20_000, project("road", 10_000), _demand("must", "project", "road"))


@PLACES.add("R12", "hard", 6.0)
def must_village() -> County:
    """Village v must get at least one yuan: its house."""
    return _two_villages(20_000, _demand("must", "village", "v"))


@PLACES.add("R12", "hard", 2.0)
def never_household() -> County:
    """The large household gets no measure."""
    return pair(20_000, _demand("never", "household", "large"))


@PLACES.add("R12", "hard", 2.0)
def never_household_no_effect() -> County:
    """Not even a direct effect: the road gives everybody a house, but the large household may have none."""
    effects = [*house("small", 0, requires=("road",)), *house("large", 0, requires=("road",))]
    homes = [home("small", 2), home("large", 3)]
    return county(fund(10_000), homes, project("road", 10_000), effects, _demand("never", "household", "large"))


@PLACES.add("R12", "hard", 2.0)
def never_village() -> County:
    """No yuan in w: v alone is left, and R3 does not ask for any in w."""
    return _two_villages(30_000, _demand("never", "village", "w"), R3=VillageTotalMin(minimum=10_000))


@PLACES.add("R12", "hard", 2.0)
def never_measure_and_project() -> County:
    """The large household has two ways to a house: one is ruled out, the other needs a road that is ruled out."""
    road = [*project("road"), *house("large", 10_000, name="large-move", requires=("road",))]
    nevers = [_demand("never", "measure", "large-house"), _demand("never", "project", "road")]
    return pair(90_000, road, nevers)


@PLACES.add("R12", "soft", 2.75)
def must_measure_missed() -> County:
    """Leaving the small household's house costs 0.25: 3 - 0.25 beats 2."""
    return pair(10_000, _demand("must", "measure", "small-house", 250_000))


@PLACES.add("R12", "soft", 6.25)
def never_village_missed() -> County:
    """A yuan in w costs 0.75, whatever is spent there: 7 - 0.75 beats 2."""
    return _two_villages(20_000, _demand("never", "village", "w", 750_000))


@PLACES.add("R12", "soft", 2.0)
def soft_must_costs() -> County:
    """A soft must names the small household: it is assisted, and 10,000 yuan are its due whatever is done.

    Broken, the must would cost 0.25, and the large household's house would lift three; but the money is gone.
    """
    must = _demand("must", "household", "small", 250_000)
    return pair(10_000, must, R5=HouseholdMin(minimum=10_000))


@PLACES.add("R12", "soft", 4.5)
def never_household_missed() -> County:
    """Helping the large household costs 0.5: 5 - 0.5 beats 2."""
    return pair(20_000, _demand("never", "household", "large", 500_000))


@PLACES.add("R12", "soft", 5.0)
def soft_never_allows_effects() -> County:
    """A soft never of the large household is about measures chosen, not about the road's direct effect."""
    effects = [*house("small", 0, requires=("road",)), *house("large", 0, requires=("road",))]
    homes = [home("small", 2), home("large", 3)]
    never = _demand("never", "household", "large", 500_000)
    return county(fund(10_000), homes, project("road", 10_000), effects, never)
