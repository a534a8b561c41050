"""Welfare on paper."""
