"""Two encounters, or two versions of one, field by field."""
