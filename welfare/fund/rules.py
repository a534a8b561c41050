"""Who may see, draw up, review and adopt budgets, and read statements."""

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow
from welfare.books.rules import posters, school

allow("welfare", "budget", view=school, add=posters, review=has_role(Role.AUDIT), adopt=has_role(Role.CHAIR))
allow("welfare", "budgetline", view=school, add=posters)
allow("welfare", "budgetadjustment", view=school, add=posters)
