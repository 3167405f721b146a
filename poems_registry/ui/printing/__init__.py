"""Paper from the window: which printers there are, one letter put on paper, and a batch from its first to its last."""
