"""Reports, begun and on their way to the freeze."""

from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.annual_report.reports.services.freezing import submit
from union_portal.base.periods import Period


def brief(*keys: str) -> Outline:
    """Return the summary's outline without its themes, and of its figures but these and the number of members.

    What is asked of a draft is asked of few figures as well as of a hundred, which take half a second to count.
    """
    outline = Outline.objects.get(code="summary")
    for chapter in outline.chapters.all():
        chapter.sections.exclude(theme="").delete()
        chapter.lines.exclude(key__in=["members.total", *keys]).delete()
    return outline


def started(*keys: str) -> AnnualReport:
    """Begin the summary of 2022, as `brief` leaves it."""
    return start_report(outline=brief(*keys), period=Period.year(2022), actor=None)


def submitted(report: AnnualReport) -> AnnualReport:
    """Let an officer ask for the report's freeze."""
    return submit(report=report, actor=account_with_role(Role.ORGANISATION))
