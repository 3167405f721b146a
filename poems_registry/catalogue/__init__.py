"""What can be recorded about a patient at some date: each item declared once, all else follows from it."""
