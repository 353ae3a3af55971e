"""The server over standard input and output."""

from __future__ import annotations

from pathlib import Path

from mcp.server import MCPServer

import liftplan
from liftplan.assistant.shelf import Shelf
from liftplan.assistant.tools.comparing import Comparing
from liftplan.assistant.tools.counties import county_tools
from liftplan.assistant.tools.doubting import Doubting
from liftplan.assistant.tools.plans import Plans
from liftplan.assistant.tools.searching import searching_tools
from liftplan.assistant.tools.solving import Solving
from liftplan.models.messages import m


def server(plans: Path) -> MCPServer[None]:
    """A server in the current language; the folder is where it writes plans."""
    shelf = Shelf(plans.absolute())
    return MCPServer(
        "liftplan",
        title=str(m("Plans for county poverty funds")),
        instructions=str(
            m(
                "liftplan decides which projects and measures of a county to fund, and from which fund each yuan "
                "comes, so that the most people leave poverty, and proves how good the plan is. Solve a county first; "
                "the plan that the answer names is what the other tools take. Money is whole yuan. Tell bounds and "
                "gaps only as the tools give them."
            )
        ),
        version=liftplan.__version__,
        tools=[
            *county_tools(),
            *Solving(shelf).tools(),
            *Plans(shelf).tools(),
            *Comparing(shelf).tools(),
            *searching_tools(),
            *Doubting(shelf).tools(),
        ],
        log_level="WARNING",
    )


def serve(plans: Path) -> None:
    """Serve over standard input and output until the client closes them.

    While it serves, descriptor 1 is standard error for everybody else: nothing that a library prints can reach the
    client.
    """
    server(plans).run("stdio")
