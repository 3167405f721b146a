"""The forms and lines of referrals, calls, MDT entries and statuses, for the record and the clinic's lists alike."""
