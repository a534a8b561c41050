"""The four places where WeasyPrint 70 is changed from outside; each has a test that fails when its inside moves."""

from union_portal.base.paper.hooks import breaking, justification, subsetting


def install() -> None:
    """Put the process-wide changes in place; a second call does nothing new."""
    subsetting.install()
    justification.install()
    breaking.install()
