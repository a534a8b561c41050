"""The register's figures for a period, as data."""

from members.report.figures import SOURCE
from members.report.summaries import Covered, Summaries

__all__ = ["SOURCE", "Covered", "Summaries"]
