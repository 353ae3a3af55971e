"""What deciding projects cost: which one is decided next."""

from __future__ import annotations

import numpy as np

from liftplan.solver.pseudocosts import RELIABLE, Pseudocosts


def test_the_project_whose_two_values_cost_most_scores_best() -> None:
    """One value that costs much does not make up for another that costs nothing."""
    costs = Pseudocosts(2)
    for project, losses in enumerate(((2.0, 2.0), (10.0, 0.0))):
        for value in (0, 1):
            costs.saw(project, value, 0.5, losses[value])
    scores = costs.scores(np.array([0, 1]), np.array([0.5, 0.5]))
    assert scores[0] > scores[1]


def test_losses_count_per_unit_of_share() -> None:
    """A loss seen when a share moved little weighs more where it has to move far."""
    costs = Pseudocosts(1)
    costs.saw(0, 0, 0.1, 1.0)
    costs.saw(0, 1, 0.9, 1.0)
    near, far = costs.scores(np.array([0]), np.array([0.1])), costs.scores(np.array([0]), np.array([0.5]))
    assert np.isclose(far[0], (10 * 0.5) ** 2)
    assert far[0] > near[0]


def test_a_project_never_seen_costs_what_others_do_on_average() -> None:
    """Without any observation all projects score by their shares alone."""
    costs = Pseudocosts(3)
    assert np.allclose(costs.scores(np.arange(3), np.full(3, 0.5)), 0.25)
    costs.saw(0, 0, 0.5, 1.0)
    costs.saw(0, 1, 0.5, 3.0)
    assert np.allclose(costs.scores(np.array([2]), np.array([0.5])), 1.0 * 3.0)


def test_a_project_is_reliable_after_enough_observations_of_both_values() -> None:
    """Until then it is tried in the master."""
    costs = Pseudocosts(1)
    for _ in range(RELIABLE):
        costs.saw(0, 0, 0.5, 1.0)
    assert not costs.reliable(0)
    for _ in range(RELIABLE):
        costs.saw(0, 1, 0.5, 1.0)
    assert costs.reliable(0)
