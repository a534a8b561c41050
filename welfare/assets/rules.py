"""Who may see and keep assets."""

from union_portal.base.rules import allow
from welfare.books.rules import posters, school

allow("welfare", "asset", view=school, add=posters)
allow("welfare", "assetcount", view=school, add=posters)
