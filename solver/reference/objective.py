"""The three levels of the objective; a lower one never costs anything of a higher one."""

from __future__ import annotations

import pulp

from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.solver.reference.adapter import Expression, weighted
from liftplan.solver.reference.model import Model


def second_level(model: Model, first: int) -> Expression:
    """Level 2 for at least `first` units of level 1: what is maximised (least_money: minus the ledger yuan)."""
    # in thousandths of a person, so that a yuan short stands clear of a solver's tolerances
    model.row(1000 * model.first_level() >= 1000 * first / UNITS_PER_PERSON, "first_level")
    return -1 * spent(model) if model.data.policy.objective.second == "least_money" else needs_met(model)


def third_level(model: Model, goal: Expression, reached: int) -> Expression:
    """Level 3 for at least `reached` of what level 2 maximises: minus the ledger lines, those with y_sik = 1.

    As rows: x_sik <= (most of x_sik) y_sik.
    """
    model.row(goal >= reached, "second_level")
    used = []
    for (fund, item, purpose), paid in model.ledger.pays.items():
        line = model.binary("line", fund, item, purpose)
        model.row(paid - model.ledger.most[fund, item, purpose] * line <= 0, "line", fund, item, purpose)
        used.append(line)
    return -1 * pulp.lpSum(used)


def spent(model: Model) -> Expression:
    """Ledger yuan, sum x."""
    return pulp.lpSum(model.ledger.pays.values())


def needs_met(model: Model) -> Expression:
    """sum_h n_h (1 - L_h) |needs of h met by measures taken|, with L_h = 1 exactly for those who pass.

    As columns: w_hk <= 1 - L_h, w_hk <= sum_(j meets k) t_j. L_h >= 1 - f_h - sum_k (1 - m_hk), where f_h = 1 allows
    the income to fall short and m_hk = 0 the need to stay unmet; whoever passes is thus lifted.
    """
    data = model.data
    terms = []
    for household, lifted in model.lifted.items():
        home, measures = data.households[household], data.measures_of[household]
        asked, missing = data.required_gain(home), []
        if asked:
            poor = model.binary("poor", household)
            most = sum(data.gain(measure) for measure in measures)
            gained = weighted((data.gain(measure), model.taken[measure.id]) for measure in measures)
            model.row(gained - max(0, most - asked + 1) * (1 - poor) <= asked - 1, "poor", household)
            missing.append(poor)
        for need in sorted(set(home.needs)):
            meeting = [model.taken[measure.id] for measure in measures if need in measure.meets]
            unmet = model.binary("unmet", household, need)
            model.row(pulp.lpSum(meeting) - len(meeting) * (1 - unmet) <= 0, "unmet", household, need)
            missing.append(unmet)
            helped = model.binary("helped", household, need)
            model.row(helped + lifted <= 1, "helped", household, need)
            model.row(helped - pulp.lpSum(meeting) <= 0, "met", household, need)
            terms.append((home.persons, helped))
        model.row(lifted + pulp.lpSum(missing) >= 1, "passes", household)
    return weighted(terms)
