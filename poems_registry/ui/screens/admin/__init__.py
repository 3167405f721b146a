"""People and settings, for whoever manages the registry."""
