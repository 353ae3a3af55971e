"""The MCP server: the operations of liftplan as tools for assistants."""

from liftplan.assistant.server import serve

__all__ = ["serve"]
