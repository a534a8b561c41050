"""Petitions that wait for the account."""

from collections.abc import Iterator

from congress.bodies.portal import list_address
from congress.petitions.models import Petition
from union_portal.accounts.models import User
from union_portal.base.portal import DeskItem, waiting


def petitions_due(user: User) -> Iterator[DeskItem]:
    rows, address = Petition.objects.visible_to(user).unanswered(), list_address("petition", "?due=open")
    return waiting(rows, title="待答复的诉求", detail="只有您和其他处理人能看到。", address=address)
