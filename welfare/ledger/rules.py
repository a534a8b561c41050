"""Who may see postings, reverse an entry and note a voucher."""

from rules.permissions import add_perm

from union_portal.base.rules import allow
from welfare.books.rules import bookkeepers, school

allow("welfare", "posting", view=school)
allow("welfare", "ledgerentry", view=school)
add_perm("welfare.reverse_entry", bookkeepers)
add_perm("welfare.note_voucher", bookkeepers)
