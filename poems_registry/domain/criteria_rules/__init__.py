"""The rules behind each criterion, one file for each kind of question."""
