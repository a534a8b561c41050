"""Who may see ballots and confirm a count."""

from rules.permissions import add_perm

from congress.bodies.rules import HEADS, LOOKS, RUNS, of_account
from union_portal.base.rules import allow

allow("congress", "ballot", view=LOOKS)
add_perm(
    "congress.confirm_count",
    of_account(
        "is_scrutineer",
        lambda user, sheet: sheet is not None and sheet.scrutineer is not None and sheet.scrutineer.user_id == user.pk,
    )
    | RUNS
    | HEADS,
)
