"""Proofs of conflicts that are changed, or are of another county, do not hold."""

import pytest
from pydantic import ValidationError

from liftplan.scenarios.clashes import CASES
from liftplan.solver.certificate.form import Leaf
from liftplan.solver.diagnose.diagnosis import diagnose
from liftplan.solver.diagnose.refutation import Refutation
from liftplan.solver.diagnose.reproof import Reprover

BY_NAME = {case.name: case for case in CASES}


def proof(name: str) -> tuple[Reprover, Refutation]:
    """The proof of the first planted conflict, with what proves it again."""
    county = BY_NAME[name].make()
    refutation = diagnose(county).refutations[0]
    assert refutation is not None
    return Reprover(county), refutation


def test_a_sum_without_one_of_its_rows_does_not_hold() -> None:
    """Money alone: leave out a row that asks, or let it count less, and the sum asks for no more than there can be."""
    reprover, whole = proof("minimum-money")
    assert reprover.wrong(whole) is None
    asking = next(row for row in whole.sums if row.instances[0][0] == "R4")
    others = tuple(row for row in whole.sums if row is not asking)
    weaker = asking.model_copy(update={"times": "1/1000"})
    for sums in (others, (*others, weaker), ()):
        assert "no more than there can be" in str(reprover.wrong(whole.model_copy(update={"sums": sums})))


@pytest.mark.parametrize("times", ["0", "-1", "one", "1/0"])
def test_multipliers_are_positive_numbers(times: str) -> None:
    """A multiplier that is no number above 0 is refused: it would turn a rule around."""
    reprover, whole = proof("minimum-money")
    first = whole.sums[0].model_copy(update={"times": times})
    assert reprover.wrong(whole.model_copy(update={"sums": (first, *whole.sums[1:])})) is not None


def test_a_row_outside_of_the_rules_is_refused() -> None:
    """A sum may add up only the rules that it says it is of."""
    reprover, whole = proof("minimum-money")
    assert "not among those" in str(reprover.wrong(whole.model_copy(update={"kept": whole.kept[1:]})))


def test_a_rule_that_the_county_does_not_have_is_refused() -> None:
    """Rules that do not exist, or are soft, forbid nothing."""
    reprover, whole = proof("minimum-money")
    assert "no hard rule" in str(reprover.wrong(whole.model_copy(update={"kept": (*whole.kept, ("R4", "v09/x"))})))


def test_a_tree_that_leaves_cases_out_does_not_hold() -> None:
    """Whole items: every branch of the tree has to be there, and prices that prove nothing prove nothing."""
    reprover, whole = proof("lump-spend")
    tree = whole.tree
    assert tree is not None
    assert reprover.wrong(whole) is None
    cut = tree.model_copy(update={"nodes": tree.nodes[:-1]})
    assert reprover.wrong(whole.model_copy(update={"tree": cut})) is not None
    free = tuple(prices.model_copy(update={"rows": ()}) for prices in tree.prices)
    assert any(isinstance(node, Leaf) for node in tree.nodes)
    assert reprover.wrong(whole.model_copy(update={"tree": tree.model_copy(update={"prices": free})})) is not None


def test_a_tree_for_more_rules_does_not_hold_for_fewer() -> None:
    """A proof that needs a rule fails without it: conflicts are minimal."""
    reprover, whole = proof("lump-spend")
    for one in whole.kept:
        rest = tuple(other for other in whole.kept if other != one)
        assert reprover.wrong(whole.model_copy(update={"kept": rest})) is not None


@pytest.mark.parametrize("times", ["1e999999999", "1.5", "-1", "", "1/"])
def test_only_whole_numbers_and_fractions_are_read(times: str) -> None:
    """A number with an exponent could be too long to be counted with."""
    row = {"instances": [["R1", "f"]], "times": times}
    with pytest.raises(ValidationError):
        Refutation.model_validate({"kept": [["R1", "f"]], "sums": [row]})
    assert Refutation.model_validate({"kept": [["R1", "f"]], "sums": [{**row, "times": "3/2"}]}).sums
