"""The welfare app's figures for a period, as data."""

from welfare.report.figures import SOURCE

__all__ = ["SOURCE"]
