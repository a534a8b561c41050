"""Says before the locking what it will do: how many are new on the roster, how many are left out and why."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from members.people.querysets import PersonQuerySet
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, Round
from welfare.rosters.services.selection import Selection, people

# Marks who was on the roster when it was opened again after single people had been moved.
UNLOCKED = "名册解锁"
_STANDING = [GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED]
_HAVE_IT = {GrantState.RECEIVED, GrantState.RETURNED}


@dataclass(frozen=True)
class Foretold:
    """How many people the locking puts on the roster, and in words whom it leaves out."""

    new: int
    left_out: tuple[str, ...] = ()
    note: str = ""

    @property
    def words(self) -> str:
        """Whom the locking leaves out and why, and what else is to be known; "" where there is nothing."""
        out = f"未列入：{'；'.join(self.left_out)}" if self.left_out else ""
        return "；".join(part for part in (out, self.note) if part)


def foretell(*, round_: Round, chosen: PersonQuerySet | None = None) -> Foretold:
    """Say what the locking will do, by the conditions that the locking itself asks; `chosen` are a list's people."""
    if chosen is None and round_.selection.get("price_rise"):
        return _differences(round_)
    parent = Q(pk__in=Grant.objects.filter(round=round_.parent_id).values("person"))
    by_rule = chosen is None
    if chosen is None:
        chosen = people(selection=Selection.from_data(round_.selection), on=round_.cut_off_on)
    asked, left = chosen, []
    if by_rule and round_.parent_id is not None:
        decided = asked.filter(parent).count()
        asked = asked.exclude(parent)
        left += [f"{decided:,} 人在原批次“{round_.parent}”中已有结果"] if decided else []
    struck = Exists(_here(round_).filter(state=GrantState.EXCLUDED).exclude(reason=UNLOCKED))
    excluded = asked.filter(struck).count()
    left += [f"{excluded:,} 人此前已从本名册剔除"] if excluded else []
    rest = asked.filter(~struck)
    return Foretold(rest.filter(~Exists(elsewhere(round_))).count(), (*left, *_elsewhere(round_, rest)))


def _here(round_: Round) -> QuerySet[Grant]:
    return Grant.objects.filter(round=round_, person=OuterRef("pk"))


def elsewhere(round_: Round, person: str = "pk") -> QuerySet[Grant]:
    """Return the grants elsewhere by which a person has the benefit for the occasion, for an EXISTS."""
    same = {"benefit": round_.benefit_id, "occasion": round_.occasion_id, "person": OuterRef(person)}
    return Grant.objects.living().filter(supplements__isnull=True, **same).exclude(round=round_)


def _elsewhere(round_: Round, asked: PersonQuerySet) -> list[str]:
    """Say in which rounds the others stand, and whether they only stand there or have it."""
    same = {"benefit": round_.benefit_id, "occasion": round_.occasion_id}
    grants = Grant.objects.living().filter(supplements__isnull=True, person__in=asked.values("pk"), **same)
    counted = grants.filter(~Q(round=round_) | Q(round=None)).order_by().values("round", "state")
    found: dict[tuple[int | None, bool], int] = {}
    for row in counted.annotate(heads=Count("pk")):
        place = (row["round"], row["state"] in _HAVE_IT)
        found[place] = found.get(place, 0) + row["heads"]
    rounds = Round.objects.in_bulk([key for key, _has in found if key is not None])
    words = []
    for (key, has), heads in sorted(found.items(), key=lambda item: -item[1]):
        where = f"“{rounds[key]}”（{rounds[key].get_state_display()}）" if key is not None else "往年记录"
        words.append(f"{heads:,} 人在{where}中已享受" if has else f"{heads:,} 人已列入{where}，尚未领取")
    return words


def differences(round_: Round) -> QuerySet[Grant]:
    """Return the parent's grants that a round of price differences completes, one each."""
    here = Grant.objects.filter(round=round_, person=OuterRef("person"))
    return Grant.objects.filter(~Exists(here), round=round_.parent, supplements__isnull=True, state__in=_STANDING)


def _differences(round_: Round) -> Foretold:
    completed = differences(round_)
    before = Grant.objects.living().filter(supplements=OuterRef("pk")).exclude(round=round_)
    again = completed.filter(Exists(before)).count()
    return Foretold(completed.count(), note=f"其中 {again:,} 人此前已补发过差额" if again else "")
