"""Lines of treatment and events of a record."""
