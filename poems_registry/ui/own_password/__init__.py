"""A person's own password, changed from wherever they are."""
