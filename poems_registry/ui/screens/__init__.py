"""One package a screen: its view and its presenter."""
