"""Who assigns proposals, and who answers and signs for a department."""

from rules.permissions import add_perm

from congress.bodies.rules import OFFICE, of_account
from congress.departments.enums import DepartmentDuty
from congress.drives.rules import READERS
from congress.handling.models import Assignment
from congress.proposals.models import Proposal
from union_portal.accounts.models import User
from union_portal.base.rules import allow

ANSWERING = (DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
allow("congress", "followup", view=READERS)
add_perm("congress.assign_proposal", OFFICE)
add_perm("congress.decide_extension", OFFICE)
add_perm("congress.enter_paper_reply", OFFICE)
# The departments and their leaders
add_perm(
    "congress.handle_proposal",
    of_account(
        "answers_for_department",
        lambda user, one: Assignment.objects.of(user, *ANSWERING).filter(proposal=one).exists(),
    ),
)


def _leads(user: User, one: Proposal) -> bool:
    return bool(Assignment.objects.of(user, *ANSWERING).leads().filter(proposal=one).exists())


# The joint reply, extensions and promises are the lead's; notes are every assigned department's.
_lead = of_account("leads_for_department", _leads)
add_perm("congress.answer_proposal", _lead)
add_perm("congress.report_promise", OFFICE | _lead)
add_perm("congress.take_back_proposal", OFFICE | _lead)
add_perm(
    "congress.sign_reply",
    of_account(
        "is_responsible_leader",
        lambda user, one: Assignment.objects.of(user, DepartmentDuty.LEADER).leads().filter(proposal=one).exists(),
    ),
)
