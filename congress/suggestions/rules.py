"""Who may see and answer suggestions."""

from rules.permissions import add_perm

from congress.bodies.rules import OFFICE, SCHOOL, of_account
from congress.departments.enums import DepartmentDuty
from congress.drives.rules import READERS
from congress.suggestions.models import Suggestion
from union_portal.accounts.rules import sees
from union_portal.base.rules import allow

allow("congress", "suggestion", view=READERS & sees(Suggestion), add=OFFICE)
allow("congress", "suggestiondrive", view=SCHOOL, add=OFFICE)
allow("congress", "suggestiongroup", view=READERS, add=OFFICE)
add_perm(
    "congress.answer_suggestion",
    OFFICE
    | of_account(
        "answers_for_department",
        lambda user, one: (
            Suggestion.objects.sent_to(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD).filter(pk=one.pk).exists()
        ),
    ),
)
