"""The cohort summary on screen, as the team sees it and as it may leave."""
