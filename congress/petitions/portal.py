"""Petitions that wait for the account."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min

from congress.bodies.portal import list_address
from congress.petitions.enums import PetitionState
from congress.petitions.models import Petition
from union_portal.accounts.models import User
from union_portal.base.portal import DeskItem


def petitions_due(user: User, today: dt.date) -> Iterator[DeskItem]:
    mine = Petition.objects.visible_to(user).filter(state__in=[PetitionState.RECEIVED, PetitionState.HANDLING])
    found = mine.aggregate(count=Count("pk"), first=Min("due_on"))
    if found["count"]:
        yield DeskItem(
            title="待答复的诉求",
            detail="只有您和其他处理人能看到。",
            address=list_address("petition", "?due=open"),
            due_on=found["first"],
            count=found["count"],
            urgent=found["first"] < today,
        )
