"""The tool that compares plans."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

from mcp.server.mcpserver.tools import Tool
from pydantic import Field

import liftplan
from liftplan.assistant.making import Told, made
from liftplan.assistant.shelf import Shelf
from liftplan.models.messages import m

Names = Annotated[
    list[str],
    Field(min_length=2, max_length=6, description=m("Plans: folders as solve_county names them, or paths.").template),
]
Certificate = Annotated[
    bool, Field(description=m("Prove the bounds of all plans again from their certificates.").template)
]
Everything = Annotated[bool, Field(description=m("Also tell rows in which all plans agree.").template)]


@dataclass(frozen=True)
class Comparing:
    """Compares plans of a shelf."""

    shelf: Shelf

    def tools(self) -> list[Tool]:
        """The tool."""
        what = m(
            "Compare two to six plans side by side: inputs that differ, people and money, and how sure the order of "
            "every two is. Differences are told against the first."
        )
        return [made(self.compare_plans, what)]

    async def compare_plans(
        self, plans: Names, certificate: Certificate = False, everything: Everything = False
    ) -> Told:
        """The comparison."""
        paths = [self.shelf.path(plan) for plan in plans]

        def work() -> Told:
            return liftplan.compare(*paths, certificate=certificate, only_differences=not everything).as_json()

        return await asyncio.to_thread(work)
