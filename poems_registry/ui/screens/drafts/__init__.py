"""What a person left typed and not finished, offered after signing in."""
