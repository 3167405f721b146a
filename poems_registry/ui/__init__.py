"""The window: views that only show, and presenters that know no Qt."""
