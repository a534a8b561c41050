"""Who may see and keep books, funds, accounts and years, and the circles of roles the welfare office shares."""

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

school = has_role(Role.CHAIR, Role.VICE_CHAIR, Role.WELFARE, Role.WOMEN, Role.FINANCE, Role.AUDIT)
staff = school | has_role(Role.BRANCH_CHAIR)
preparers = has_role(Role.WELFARE)
approvers = has_role(Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE)
posters = has_role(Role.FINANCE)
money = has_role(Role.WELFARE, Role.FINANCE)
bookkeepers = has_role(Role.FINANCE, Role.CHAIR, Role.VICE_CHAIR)
event_officers = has_role(Role.WELFARE, Role.WOMEN)
nobody = predicate(lambda _user: False, name="nobody")
allow("welfare", "book", view=school, add=bookkeepers)
allow("welfare", "fund", view=school, add=bookkeepers)
allow("welfare", "ledgeraccount", view=school, add=bookkeepers)
allow("welfare", "chartaccount", view=school, add=bookkeepers)
allow("welfare", "fiscalyear", view=school, add=has_role(Role.FINANCE))
add_perm("welfare.open_year", has_role(Role.FINANCE))
add_perm("welfare.reopen_year", has_role(Role.CHAIR))
