"""Numbers that add up to about a given one."""

from itertools import combinations
from random import Random

import pytest

from liftplan.solver.diagnose.sums import nearest_sum


@pytest.mark.parametrize("seed", range(20))
def test_no_other_choice_is_nearer(seed: int) -> None:
    """Of few numbers every choice is tried: none comes nearer from the side that is asked for."""
    draw = Random(seed)
    values = [draw.randint(1, 30) for _ in range(8)]
    wanted = draw.randint(1, sum(values))
    sums = {sum(some) for size in range(9) for some in combinations(values, size)}
    above = nearest_sum(values, wanted, enough=True)
    below = nearest_sum(values, wanted, enough=False)
    assert sum(values[place] for place in above) == min(one for one in sums if one >= wanted)
    assert sum(values[place] for place in below) == max(one for one in sums if one <= wanted)
    assert len(set(above)) == len(above)


def test_too_little_is_nothing() -> None:
    """Where all together are not enough, nothing is chosen."""
    assert nearest_sum([1, 2, 3], 7, enough=True) == []
