"""What may be shown to everybody: villages only, small groups suppressed."""
