"""Who may write reports, and who freezes them."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from members.branches.models import Branch
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role, is_branch_chair
from union_portal.annual_report.outlines.rules import reads_reports, writes_reports
from union_portal.base.rules import allow


def _asked(user: Any, report: Any) -> bool:
    return report is not None and report.submitted_by_id == user.pk


def _of_own_branch(user: Any, report: Any) -> bool:
    return report is None or report.branch_id in Branch.objects.keys_led_by(user)


# Only the chair freezes, or the vice chair by office or delegation; a branch's report, the branch's chair too.
of_own_branch = is_branch_chair & predicate(_of_own_branch, name="of_own_branch")
heads = has_role(Role.CHAIR, Role.VICE_CHAIR) | of_own_branch
# Whoever asked for the freeze is not offered to confirm it; the service refuses it in any case.
asked_for_it = predicate(_asked, name="asked_for_the_freeze")

allow("annual_report", "annualreport", view=reads_reports | of_own_branch, add=writes_reports | of_own_branch)
add_perm("annual_report.freeze_annualreport", heads & ~asked_for_it)
add_perm("annual_report.revise_annualreport", heads)
