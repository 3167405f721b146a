"""The person behind a record: names, places, practice, consents, to read."""
