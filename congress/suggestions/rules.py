"""Who may see and answer suggestions."""

from rules.permissions import add_perm

from congress.bodies.rules import OFFICE, SCHOOL, of_account
from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department
from congress.drives.rules import READERS
from congress.suggestions.models import Suggestion
from union_portal.accounts.rules import allow, sees

allow("congress.suggestion", look=READERS & sees(Suggestion), write=OFFICE)
allow("congress.suggestiondrive", look=SCHOOL, write=OFFICE)
allow("congress.suggestiongroup", look=READERS, write=OFFICE)
add_perm(
    "congress.answer_suggestion",
    OFFICE
    | of_account(
        "answers_for_department",
        lambda user, one: (
            one.department_id is not None
            and Department.objects.of(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
            .filter(pk=one.department_id)
            .exists()
        ),
    ),
)
