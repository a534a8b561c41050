"""Who may bring lists into the register."""

from rules.permissions import add_perm

from union_portal.accounts.rules import carer, counters

add_perm("members.import_register", counters | carer)
