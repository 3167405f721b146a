"""The computer underneath: paths, clock, passwords and keys, files read in."""
