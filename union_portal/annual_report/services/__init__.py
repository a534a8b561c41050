"""Composing, explaining and freezing reports."""
