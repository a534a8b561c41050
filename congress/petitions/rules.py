"""Who takes petitions: an office that does, and of a petition its handlers alone."""

from congress.petitions.enums import PETITION_ROLES
from congress.petitions.models import Petition
from union_portal.accounts.rules import has_role, sees
from union_portal.base.rules import allow

TAKES_PETITIONS = has_role(*PETITION_ROLES)
allow(
    "congress",
    "petition",
    view=TAKES_PETITIONS & sees(Petition),
    add=TAKES_PETITIONS,
    change=TAKES_PETITIONS & sees(Petition),
)
