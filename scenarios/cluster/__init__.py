"""Batches on a Dask cluster; needs the packages of the extra `cluster`."""

from __future__ import annotations

from liftplan.scenarios.cluster.dask import DaskCluster

__all__ = ["DaskCluster"]
