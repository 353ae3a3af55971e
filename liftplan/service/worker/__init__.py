"""The process that does one task: it reads a county or solves one, within its limits, and ends."""
