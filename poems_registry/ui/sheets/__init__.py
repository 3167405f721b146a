"""Forms of one entry, asked over the window: fields declared once, read, kept while typed, and met field by field."""
