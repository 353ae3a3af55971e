"""One county in, one checked plan with a proved bound out."""
