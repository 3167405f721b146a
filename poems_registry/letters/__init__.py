"""Clinic letters composed from a signed visit's findings, in the order of the PRSB headings."""
