"""The letters of a record, with their versions and states."""
