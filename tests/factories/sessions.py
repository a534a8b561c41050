"""Sessions and their agenda."""

import datetime as dt
from typing import Any

from django.utils import timezone

from congress.bodies.models import Congress
from congress.sessions.enums import AgendaKind, SittingState
from congress.sessions.models import AgendaItem, Session, Sitting
from congress.sessions.services import agenda
from tests.factories.bodies import congress, numbers


def session(*congresses: Congress, **fields: Any) -> Session:
    """Make a session in preparation of one body or of two."""
    number = next(numbers)
    fields.setdefault("title", f"第{number}次会议")
    fields.setdefault("convened_on", timezone.localdate() + dt.timedelta(days=30))
    made = Session.objects.create(**fields)
    for body in congresses or (congress(),):
        Sitting.objects.create(session=made, congress=body, number=number, state=SittingState.PLANNED)
    return made


def item(
    one: Sitting, *, kind: AgendaKind = AgendaKind.PASS, title: str = "绩效工资分配办法", **more: Any
) -> AgendaItem:
    """Put an item on the agenda."""
    return agenda.add_item(sitting=one, kind=kind, title=title, **more)
