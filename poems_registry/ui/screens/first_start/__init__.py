"""First start: make a registry, open one, or try the training registry."""
