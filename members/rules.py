"""Who may do what with the register. Objects are judged by `visible_to`, so that list and detail never disagree."""

from rules.permissions import add_perm

from members.models import Branch, BranchAssignment, Cohort, Kinship, Membership, Office, Person, SummaryRecord, Term
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.rules import allow, has_role, sees

_school = has_role(*SCHOOL_ROLES)
_staff = has_role(*SCHOOL_ROLES, Role.BRANCH_CHAIR)
_keeper = has_role(Role.ORGANISATION)
_carer = has_role(Role.ORGANISATION, Role.WELFARE)
_near = has_role(Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR)
_counters = has_role(Role.ORGANISATION, Role.WELFARE, Role.CONGRESS, Role.ACTIVITIES, Role.WOMEN)
_exporters = has_role(
    Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE, Role.BRANCH_CHAIR
)

allow(
    "members.person", look=_staff & sees(Person), write=_keeper & sees(Person), add=_keeper, export=_exporters & _staff
)
add_perm("members.import_person", _keeper)
allow(
    "members.membership",
    look=_staff & sees(Membership),
    write=_keeper & sees(Membership),
    add=_keeper,
    export=_exporters & _staff,
)
add_perm("members.import_membership", _keeper)
allow(
    "members.branchassignment",
    look=_staff & sees(BranchAssignment),
    write=_keeper & sees(BranchAssignment),
    add=_keeper,
    export=_exporters & _staff,
)
add_perm("members.import_branchassignment", _keeper)
allow(
    "members.branch", look=_staff & sees(Branch), write=_keeper & sees(Branch), add=_keeper, export=_exporters & _staff
)
add_perm("members.import_branch", _keeper)
allow("members.term", look=_staff & sees(Term), write=_keeper & sees(Term), add=_keeper, export=_exporters & _staff)
add_perm("members.import_term", _keeper)
allow(
    "members.office", look=_staff & sees(Office), write=_keeper & sees(Office), add=_keeper, export=_exporters & _staff
)
add_perm("members.import_office", _keeper)
allow("members.cohort", look=_staff & sees(Cohort), write=_carer & sees(Cohort), add=_carer, export=_exporters & _staff)
add_perm("members.import_cohort", _carer)
allow(
    "members.kinship", look=_near & sees(Kinship), write=_carer & sees(Kinship), add=_carer, export=_exporters & _near
)
add_perm("members.import_kinship", _carer)
allow(
    "members.summaryrecord",
    look=_school & sees(SummaryRecord),
    write=_counters & sees(SummaryRecord),
    add=_counters,
    export=_exporters & _school,
)
add_perm("members.import_summaryrecord", _counters)

add_perm("members.view_cohortkind", _school)
add_perm("members.change_cohortkind", _keeper)
add_perm("members.add_cohortkind", _keeper)
add_perm("members.import_register", _counters | _carer)
# Contact data: whoever works with the person; identity and bank numbers: only where forms and payouts need them.
# The slips with codes name people and branches, so the account's keeper must also be one of the register.
add_perm("members.open_accounts", has_role(Role.ORGANISATION))
add_perm("members.reveal_contact", (_near | has_role(Role.BRANCH_CHAIR)) & sees(Person))
add_perm("members.reveal_identity", has_role(Role.ORGANISATION, Role.WELFARE, Role.FINANCE) & sees(Person))
add_perm("members.find_by_identity", has_role(Role.ORGANISATION, Role.WELFARE))
add_perm("members.export_identity", has_role(Role.ORGANISATION, Role.WELFARE, Role.FINANCE))
