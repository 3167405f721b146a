"""Two records of one person: find, compare, make one."""
