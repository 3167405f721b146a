"""Figures turned into plain shapes, which the screen and the page paint alike."""
