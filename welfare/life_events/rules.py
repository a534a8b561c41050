"""Who may see life events; they are entered with the case they are answered by."""

from union_portal.base.rules import allow
from welfare.books.rules import school

allow("welfare", "lifeevent", view=school)
