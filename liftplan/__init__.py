"""liftplan: decides which projects and measures to fund, and from which fund each yuan comes."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Names that cost something to look up, on first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("liftplan")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
