"""One letter on the desk: its parts, the real pages, and what still stops it from being signed."""
