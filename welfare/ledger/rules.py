"""Who may see postings, reverse an entry and note a voucher."""

from rules.permissions import add_perm

from union_portal.accounts.rules import allow
from welfare.books.rules import bookkeepers, nobody, school

allow("welfare.posting", look=school, write=nobody)
allow("welfare.ledgerentry", look=school, write=nobody)
add_perm("welfare.reverse_entry", bookkeepers)
add_perm("welfare.note_voucher", bookkeepers)
