"""Progress of several solves, one after the other, on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from liftplan.cli.printing import complain
from liftplan.cli.progress import Shown, progress
from liftplan.models.messages import Message, m
from liftplan.solver.explain.proved import Step, Watcher


@contextmanager
def watching(*, quiet: bool, gap: float) -> Iterator[Watcher]:
    """Yield what shows which solve is under way and how it goes; `gap` is the one asked for."""
    with ExitStack() as stack:
        shown: list[Shown] = []

        def watch(step: Step) -> None:
            if step.event is not None:
                for one in shown:
                    one(step.event)
                return
            stack.close()
            if not quiet:
                complain(str(_begun(step)))
            shown[:] = [stack.enter_context(progress(quiet=quiet, gap=gap))]

        yield watch


def _begun(step: Step) -> Message:
    what = m("with a change of {name}", name=step.what) if step.what else m("the county as it is")
    if step.count is None:
        return m("Solve {number}: {what}", number=step.done + 1, what=what)
    return m("Solve {number} of at most {count}: {what}", number=step.done + 1, count=step.count, what=what)
