"""Research of the clinic: its studies, and every sample with the place it is at."""
