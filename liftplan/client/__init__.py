"""A client of the HTTP service: counties and jobs of a server, for scripts. It needs `httpx`, the extra `client`.

>>> from liftplan.client import Service
>>> with Service("http://127.0.0.1:8000") as service:  # doctest: +SKIP
...     print(service.solve("zigui-2015", on_progress=print).result()["people_lifted"])
"""

from importlib.util import find_spec

from liftplan.models.messages import m

if find_spec("httpx") is None:
    missing, way_out = (
        m("The package {name} is not installed.", name="httpx"),
        m("Install it with: {command}", command='pip install "liftplan[client]"'),
    )
    raise ModuleNotFoundError(f"{missing} {way_out}", name="httpx")

from liftplan.client.answers import About, Checked, File, HostedCounty, Step
from liftplan.client.errors import JobFailed, Refused, ServiceError, Unreachable
from liftplan.client.job import Job
from liftplan.client.service import Service

__all__ = [
    "About",
    "Checked",
    "File",
    "HostedCounty",
    "Job",
    "JobFailed",
    "Refused",
    "Service",
    "ServiceError",
    "Step",
    "Unreachable",
]
