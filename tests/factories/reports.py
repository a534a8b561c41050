"""Reports on their way to the freeze."""

from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.freezing import submit


def submitted(report: AnnualReport) -> AnnualReport:
    """Let an officer ask for the report's freeze."""
    return submit(report=report, actor=account_with_role(Role.ORGANISATION))
