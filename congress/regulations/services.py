"""Regulations (规章制度): adopted, revised, improved, repealed, each time with the text from then on."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from union_portal.base.errors import DomainError, Refused


@transaction.atomic
def enact(
    *,
    title: str,
    act: RegulationAct,
    on: dt.date,
    text: str = "",
    number: str = "",
    decided_by: str = "",
    keeper: str = "",
    file: Any = None,
) -> RegulationVersion:
    """Record what was done to a regulation; the regulation is made the first time it is named.

    A regulation revised before the portal knew of it needs no adoption on record. Raises DomainError for a day in the
    future, the same version twice, Refused for a regulation that was repealed before that day.
    """
    name = title.strip().strip("《》")
    if not name:
        raise DomainError("请填写制度名称。", field="title")
    if on > timezone.localdate():
        raise DomainError("日期晚于今天。", field="on")
    regulation, _is_new = Regulation.objects.get_or_create(title=name, defaults={"keeper": keeper})
    locked = Regulation.objects.select_for_update().get(pk=regulation.pk)
    gone = locked.versions.filter(act=RegulationAct.REPEALED, on__lt=on).order_by("-on").first()
    if gone is not None and act is not RegulationAct.ADOPTED:
        raise Refused(f"《{name}》已于 {gone.on} 废止。")
    try:
        with transaction.atomic():
            made: RegulationVersion = RegulationVersion.objects.create(
                regulation=locked, act=act, on=on, text=text, number=number, decided_by=decided_by, file=file or ""
            )
    except IntegrityError as error:
        raise DomainError("该版本已登记。", field="on") from error
    return made


def in_force(*, regulation: Regulation, on: dt.date) -> RegulationVersion | None:
    """Return the version that holds on the day; None before its adoption and after its repeal."""
    latest: RegulationVersion | None = regulation.versions.filter(on__lte=on).order_by("-on", "-pk").first()
    return None if latest is None or latest.act == RegulationAct.REPEALED else latest
