"""The Python face: what `import liftplan` offers, one file per job."""
