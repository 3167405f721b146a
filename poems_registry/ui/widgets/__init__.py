"""Small parts of the window that more than one screen shows."""
