"""What goes on around one person's visits: status, referrals in and out, MDT entries, calls."""
