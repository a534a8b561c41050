"""Who may see postings and note a voucher."""

from rules.permissions import add_perm

from union_portal.base.rules import allow
from welfare.books.rules import bookkeepers, posters, school

allow("welfare", "posting", view=school)
allow("welfare", "ledgerentry", view=school)
add_perm("welfare.note_voucher", bookkeepers)
add_perm("welfare.import_vouchernote", posters)
