"""What endpoints of pages depend on: the server's parts, and who calls."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import Depends

from liftplan.service.asking import asking
from liftplan.service.roles import Who
from liftplan.service.service import Service, service_of

Parts: TypeAlias = Annotated[Service, Depends(service_of)]
"""The server's parts."""

Viewer: TypeAlias = Annotated[Who, Depends(asking("viewer"))]
"""Whoever calls, if it may look."""

Planner: TypeAlias = Annotated[Who, Depends(asking("planner"))]
"""Whoever calls, if it may upload and ask for jobs."""
