"""Who watches the background service: the administrators."""

from rules.permissions import add_perm

from union_portal.accounts.rules import is_administrator

add_perm("home.watch_jobs", is_administrator)
