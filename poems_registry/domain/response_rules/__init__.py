"""The rules of response, one file for each domain."""
