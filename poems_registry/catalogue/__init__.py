"""Every item the clinic records, declared once: kind, unit, limits, codes and the words for screen and letter."""
