"""Forms that follow the catalogue: one editor for each kind of value."""
