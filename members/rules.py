"""Who may do what with the register. Objects are judged by `visible_to`, so that list and detail never disagree."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from members.models import Branch, BranchAssignment, Cohort, Kinship, Membership, Office, Person, SummaryRecord, Term
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.rules import has_role


def _sees(model: Any) -> Any:
    def check(user: Any, subject: Any) -> bool:
        if subject is None:
            return True
        return bool(model.objects.visible_to(user).filter(pk=subject.pk).exists())

    return predicate(check, name=f"sees:{model.__name__}")


_school = has_role(*SCHOOL_ROLES)
_staff = has_role(*SCHOOL_ROLES, Role.BRANCH_CHAIR)
_keeper = has_role(Role.ORGANISATION)
_carer = has_role(Role.ORGANISATION, Role.WELFARE)
_near = has_role(Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR)
_counters = has_role(Role.ORGANISATION, Role.WELFARE, Role.CONGRESS, Role.ACTIVITIES, Role.WOMEN)
_exporters = has_role(
    Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE, Role.BRANCH_CHAIR
)

# model, who looks, who writes
_TABLE: tuple[tuple[Any, Any, Any], ...] = (
    (Person, _staff, _keeper),
    (Membership, _staff, _keeper),
    (BranchAssignment, _staff, _keeper),
    (Branch, _staff, _keeper),
    (Term, _staff, _keeper),
    (Office, _staff, _keeper),
    (Cohort, _staff, _carer),
    (Kinship, _near, _carer),
    (SummaryRecord, _school, _counters),
)
for _model, _look, _write in _TABLE:
    _name = _model._meta.model_name  # noqa: SLF001
    add_perm(f"members.view_{_name}", _look & _sees(_model))
    add_perm(f"members.change_{_name}", _write & _sees(_model))
    add_perm(f"members.add_{_name}", _write)
    add_perm(f"members.import_{_name}", _write)
    add_perm(f"members.export_{_name}", _exporters & _look)

add_perm("members.view_cohortkind", _school)
add_perm("members.change_cohortkind", _keeper)
add_perm("members.add_cohortkind", _keeper)
add_perm("members.import_register", _counters | _carer)
# Contact data: whoever works with the person; identity and bank numbers: only where forms and payouts need them.
# The slips with codes name people and branches, so the account's keeper must also be one of the register.
add_perm("members.open_accounts", has_role(Role.ORGANISATION))
add_perm("members.reveal_contact", (_near | has_role(Role.BRANCH_CHAIR)) & _sees(Person))
add_perm("members.reveal_identity", has_role(Role.ORGANISATION, Role.WELFARE, Role.FINANCE) & _sees(Person))
add_perm("members.find_by_identity", has_role(Role.ORGANISATION, Role.WELFARE))
add_perm("members.export_identity", has_role(Role.ORGANISATION, Role.WELFARE, Role.FINANCE))
