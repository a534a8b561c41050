"""The congress's figures for a period, and the account of a session's proposals, as data."""

from congress.report.figures import count
from congress.report.reconciling import mismatches
from congress.report.rows import rows
from congress.report.vocabulary import KINDS
from union_portal.base.figures import FigureSource

SOURCE = FigureSource(app="congress", kinds=lambda: KINDS, count=count, rows=rows, mismatches=mismatches)

__all__ = ["SOURCE"]
