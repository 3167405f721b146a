"""What leaves the registry as a file: tables, data dictionary and manifest."""
