"""How lists name a session."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from congress.bodies.enums import Body
from congress.bodies.resources import BODIES
from congress.sessions.enums import SittingState
from congress.sessions.models import Session, Sitting
from members.branches.enums import BranchKind
from members.branches.models import Branch
from members.branches.resources import branch_parser
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.ordinals import Ordinal
from union_portal.base.spreadsheets.parsers import Choice
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.text import clean_code

_SPOKEN = re.compile(
    r"(?P<before>.*?)(?P<term>第?[\d一二三四五六七八九十]+|首)届(?P<body>\D*?)"
    r"(?P<number>第?[\d一二三四五六七八九十]+|首)次(?P<after>\D*)"
)
# What stands where the body might and names none.
_ANY_BODY = frozenset({"", "大会", "会议", "代表大会", "双代会"})


class SessionChoice(Choice):
    """Sessions by title, or as people call them: 三届四次教代会, 第三届教职工代表大会第四次会议."""

    _held: dict[tuple[Any, ...], set[int]] | None = None

    def parse(self, raw: Raw) -> Any:
        """Return the session of that title, else the one of that body with those numbers."""
        word = clean_code(str(raw))
        spoken_of = _SPOKEN.fullmatch(word)
        if word.casefold() in self.words() or spoken_of is None:
            return super().parse(raw)
        found = self._named(spoken_of)
        if len(found) > 1:
            raise CellError("有多次会议是这个届次，请写会议全称")
        return found.pop() if found else super().parse(raw)

    def _named(self, spoken_of: re.Match[str]) -> set[int]:
        term, number = (Ordinal().parse(spoken_of[name]) for name in ("term", "number"))
        branches = branch_parser(on=timezone.localdate()).words()
        before = re.sub(r"^\d{4}年度?", "", spoken_of["before"]).casefold()
        if before and before not in branches:
            return set()
        said = spoken_of["body"].partition("暨")[0] or spoken_of["after"].removeprefix("全体").removesuffix("会议")
        bodies = set(Body) if said in _ANY_BODY else {BODIES.words().get(said)}
        found = self._sittings()
        return set().union(*(found.get((branches.get(before), body, term, number), set()) for body in bodies))

    def _sittings(self) -> dict[tuple[Any, ...], set[int]]:
        if self._held is None:
            self._held = {}
            held = Sitting.objects.exclude(state=SittingState.CANCELLED)
            rows = held.filter(session__in=list(self.choices)).values_list(
                "session", "congress__branch", "congress__body", "congress__number", "number"
            )
            for pk, *named in rows:
                self._held.setdefault(tuple(named), set()).add(pk)
            # The whole school's congress is called by the school's name, or by none.
            for root in Branch.objects.filter(kind=BranchKind.SCHOOL).values_list("pk", flat=True):
                whole = [(key, pks) for key, pks in self._held.items() if key[0] is None]
                self._held |= {(root, *key[1:]): pks for key, pks in whole}
        return self._held


def session_parser(sessions: Iterable[Session]) -> SessionChoice:
    """Return a parser of sessions by title, or by title and day where two have the same title."""
    named = list(sessions)
    doubled = {title for title, times in Counter(one.title for one in named).items() if times > 1}
    return SessionChoice(
        {one.pk: f"{one.title}（{one.convened_on:%Y-%m-%d}）" if one.title in doubled else one.title for one in named}
    )
