"""Who may see applications and decide them."""

from members.admissions.models import Admission
from union_portal.accounts.rules import exporters, keeper, sees, staff
from union_portal.base.rules import allow

allow(
    "members",
    "admission",
    view=staff & sees(Admission),
    add=keeper,
    change=keeper & sees(Admission),
    export=exporters & staff,
)
