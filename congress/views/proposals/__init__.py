"""Proposals for delegates on the phone and at the desk, and the list for all members."""
