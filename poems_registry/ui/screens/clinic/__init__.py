"""What waits at the clinic beside the visits: referrals, calls for advice, MDT lists."""
