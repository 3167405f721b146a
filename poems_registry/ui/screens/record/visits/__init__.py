"""The encounters of a record, newest first."""
