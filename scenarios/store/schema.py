"""Tables of a store. Rows are only ever added and removed, never changed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, String, Table, Text

STORE_VERSION = 1
"""Version of these tables; raised when an older liftplan would misread them."""

METADATA = MetaData()

ABOUT = Table("liftplan_store", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))

RUNS = Table(
    "liftplan_runs",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("finished", String(32), nullable=False, index=True),
    Column("key", String(64), nullable=False, index=True),
    Column("county", String(64), nullable=False),
    Column("base_digest", String(64), nullable=False, index=True),
    Column("county_digest", String(64), nullable=False),
    Column("scenario", Text, nullable=False),
    Column("overrides", Text, nullable=False),
    Column("separate", Integer, nullable=False),
    Column("settings", Text, nullable=False),
    Column("status", String(16)),
    Column("stopped_by", String(16)),
    Column("people_lifted", BigInteger),
    Column("households_lifted", BigInteger),
    Column("objective", Float),
    Column("objective_bound", Float),
    Column("gap", Float),
    Column("ledger_yuan", BigInteger),
    Column("leveraged_yuan", BigInteger),
    Column("broken", Integer),
    Column("seconds", Float, nullable=False),
    Column("stages", Text, nullable=False),
    Column("version", String(32), nullable=False),
    Column("warm", String(16)),
    Column("content", String(64)),
)
"""One row a finished run; lists and mappings are JSON."""
