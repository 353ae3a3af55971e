"""Thin adapters: HiGHS through highspy, CP-SAT through OR-tools. Arrays in, arrays out, nothing printed."""
