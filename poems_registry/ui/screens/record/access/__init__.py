"""The tab of who saw and changed what in a record."""
