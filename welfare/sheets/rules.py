"""Who may see the sign-off sheets of a whole round; a branch's own are given where its collections are recorded."""

from union_portal.base.rules import allow
from welfare.books.rules import school

allow("welfare", "roundpaper", view=school)
