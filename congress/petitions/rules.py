"""Who takes petitions: an office that does, and of a petition its handlers alone."""

from congress.petitions.enums import PETITION_ROLES
from congress.petitions.models import Petition
from union_portal.accounts.rules import allow, has_role, sees

TAKES_PETITIONS = has_role(*PETITION_ROLES)
allow(
    "congress.petition",
    look=TAKES_PETITIONS & sees(Petition),
    write=TAKES_PETITIONS & sees(Petition),
    add=TAKES_PETITIONS,
)
