"""liftplan: decides which projects and measures to fund, and from which fund each yuan comes."""
