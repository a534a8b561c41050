"""Prepares the fonts for paper, once, at set-up; nothing that serves or prints needs this."""
