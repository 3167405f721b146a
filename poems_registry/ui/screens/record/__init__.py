"""One patient's record: the frame with its tabs, and what stands on each."""
