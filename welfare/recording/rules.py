"""Who may bring past grants in."""

from rules.permissions import add_perm

from welfare.books.rules import event_officers

add_perm("welfare.import_grant", event_officers)
