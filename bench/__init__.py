"""Ratios of the portal's heavy work against the least that could do it; see README.md."""
