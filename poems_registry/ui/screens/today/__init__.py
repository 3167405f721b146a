"""The list of the day: what needs a person, each line with the one act that settles it."""
