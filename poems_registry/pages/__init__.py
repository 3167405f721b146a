"""Paper: fonts, styles, PDF, tags and the archive form; the only place that knows ReportLab and pikepdf."""
