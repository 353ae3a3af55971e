"""Why there is no plan, and what would make one possible: rules that clash, and the smallest repairs."""
