"""The county of an address, for endpoints that run in threads."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import Depends

from liftplan.service.kinds import Name
from liftplan.service.outlines import Outline
from liftplan.web.asking import Parts
from liftplan.web.routes.counties import outline_of


async def _outline(county: Name, service: Parts) -> Outline:
    return await outline_of(service, county)


Outlined: TypeAlias = Annotated[Outline, Depends(_outline)]
"""The outline of the county in the address; waits for one that is being read."""
