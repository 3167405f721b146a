"""The results of a record as a grid, tests by dates."""
