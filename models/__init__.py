"""What a county, a policy and a plan are: schemas, tables, files."""
