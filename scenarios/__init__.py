"""Built-in counties and the generator; later: overrides, runs, comparison."""
