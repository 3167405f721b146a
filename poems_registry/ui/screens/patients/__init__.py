"""The list of all patients: search, filter, sort, open."""
