"""The HTTP service: counties and jobs of an office, solved in processes of their own, safe by default."""
