"""Figures about all patients together: Table 1, prevalences, intervals, survival."""
