"""Who may look at the retired with what they receive."""

from union_portal.base.rules import allow
from welfare.books.rules import staff

allow("welfare", "retiree", view=staff)
