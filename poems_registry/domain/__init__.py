"""What the clinic knows and decides, in plain Python: no file, no window, no third-party package."""
