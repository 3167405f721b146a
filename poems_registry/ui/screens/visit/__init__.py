"""The visit: what was found today beside last time, the live verdict, the draft, signing."""
