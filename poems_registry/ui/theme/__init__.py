"""The look of the window: colours, type, icons and the style sheet, all from one file of tokens."""
