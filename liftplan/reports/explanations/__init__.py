"""Explanations and sensitivities in plain words; whatever rests on marginal prices says so."""

from liftplan.reports.explanations.sentences import sentences
from liftplan.reports.explanations.worths import worth_table, worths

__all__ = ["sentences", "worth_table", "worths"]
