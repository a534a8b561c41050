"""The congress as a source of figures."""

from congress.figures.report.figures import count
from congress.figures.report.reconciling import mismatches
from congress.figures.report.rows import rows
from congress.figures.report.vocabulary import KINDS
from union_portal.base.figures import FigureSource

SOURCE = FigureSource(app="congress", kinds=lambda: KINDS, count=count, rows=rows, mismatches=mismatches)
