"""What to do where two people changed the same field."""
