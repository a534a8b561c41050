"""What a row of the HR spreadsheet says of a retirement: recorded by the services, or expected, or unclear."""

import datetime as dt
from typing import Any

from members.memberships.services.episodes import Retirement
from members.people.enums import Employment, PersonKind
from union_portal.base.importing.rows import Row

RETIRED = (Employment.RETIRED, Employment.VETERAN_RETIRED)


class Retirements:
    """Reads the retirements of a file; `ahead` are those whose row says 退休 of a day that has not passed.

    The register is asked by dates, so until that day the row's person is employed as before.
    """

    def __init__(self, *, today: dt.date, asked: set[str]) -> None:
        self.today = today
        # The day is asked for where the officer can fill it in.
        self.place = "retired_on" if "retired_on" in asked else "employment"
        self.ahead: set[Any] = set()

    def settle(self, row: Row, *, sits: bool) -> None:
        """Put the row's words where they belong; `sits` says whether a membership in service runs."""
        now = row.current or {}
        day, word = row.values.get("retired_on"), row.values.get("employment")
        if "retired_on" in row.values and day is None and now.get("retired_on") is not None:
            row.fault("retired_on", "退休时间不能清空；没有退休的，请在人员页面用“更正登记”")
        retired = row.get("employment") in RETIRED
        if day is not None and day > self.today and not retired and now.get("retired_on") is None:
            # Who is in service retires on that day, as far as the personnel office can tell.
            row.values["retires_on"] = row.values.pop("retired_on")
            return
        if sits and word in RETIRED and word != now.get("employment") and row.get("retired_on") is None:
            row.fault(self.place, f"写的是{Employment(word).label}，请填写退休时间（在职的最后一天）")
        working = word is not None and word not in (*RETIRED, Employment.REHIRED)
        if sits and working and day is not None and now.get("retired_on") is None:
            words = f"用工形式是{Employment(str(word)).label}，退休时间却已到；已退休的请写退休，返聘的请写返聘"
            row.fault("retired_on", words)
        last = row.get("retired_on")
        if not row.is_new and word in RETIRED and last is not None and last >= self.today:
            if sits:
                self.ahead.add(row.pk)
            if now.get("employment") not in (None, *RETIRED):
                row.values["employment"] = now["employment"]

    def told(self, row: Row) -> Retirement | None:
        """Return the retirement of which the row is the first to tell, of somebody who sits."""
        now = row.current or {}
        if now.get("retired_on") is not None or row.get("retired_on") is None:
            return None
        day, word = row.values.get("retired_on"), row.values.get("employment")
        says = word in RETIRED and word != now.get("employment")
        # A day alone says so too; beside 在编 it is refused, beside 返聘 it is a matter of the past.
        if not (says or (day is not None and (word is None or word in RETIRED)) or row.pk in self.ahead):
            return None
        was = (PersonKind.STAFF, now.get("employment") or "") if "employment" in row.values else None
        return Retirement(row.pk, row.get("retired_on"), was=was)

    def redated(self, row: Row, *, ended_on: dt.date | None) -> tuple[dt.date, dt.date] | None:
        """Return the day a recorded retirement had and the one that the row says, where it ended a membership."""
        before, day = (row.current or {}).get("retired_on"), row.values.get("retired_on")
        if before is None or day is None or before == day or before != ended_on:
            return None
        return before, day
