"""The list of letters: to write, to sign, to print, sent; with the days of the 7-day rule."""
