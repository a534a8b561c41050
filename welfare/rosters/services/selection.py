"""Whom something is for: a rule over the register as of a cut-off date, kept as data."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from members.branches.models import Branch
from members.cohorts.models import Cohort, CohortKind
from members.kin.enums import Relation
from members.kin.models import Kinship
from members.memberships.models import Membership
from members.people.enums import Employment, Gender, MembershipState, PersonKind, PostCategory
from members.people.models import Person
from members.people.querysets import PersonQuerySet, employment_on, kind_on
from union_portal.base.errors import DomainError
from union_portal.base.periods import years_before

# What a roster's tiers may be made of: the name in the rule, and the register's column.
TIERS = {
    "employment": "employment",
    "post_category": "post_category",
    "kind": "kind",
    "gender": "gender",
    "children": "",
}
_DAYS = ("joined_before", "retired_from", "retired_to")
# What the register says by the dates of retirement, not by a column.
_DATED = {"employment": employment_on, "kind": kind_on}


@dataclass(frozen=True)
class Selection:
    """A rule that chooses people as of a day. Every condition narrows; an empty one says nothing.

    `membership` are the states that count; empty means whoever has any membership. `non_members` adds people without a
    membership, of the `kinds` named (retirees, kin, other staff). Ages are whole years reached on the day, both ends
    inclusive; `birth_months` are 1 to 12; `joined_before` excludes the day itself, days of retirement are inclusive.
    `children_to` chooses parents of children of at most so many whole years; by `tier_by` "children" each has a tier by
    the number of those.
    """

    membership: tuple[str, ...] = (MembershipState.ACTIVE,)
    members: bool = True
    non_members: bool = False
    kinds: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    post_categories: tuple[str, ...] = ()
    branches: tuple[int, ...] = ()
    gender: str = ""
    cohorts: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    birth_months: tuple[int, ...] = ()
    joined_before: dt.date | None = None
    retired_from: dt.date | None = None
    retired_to: dt.date | None = None
    children_to: int | None = None
    tier_by: str = ""

    def __post_init__(self) -> None:
        if not (self.members or self.non_members):
            raise DomainError("请选择会员、非会员或两者。", field="members")
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise DomainError("年龄下限不能高于上限。", field="age_from")
        if any(not 1 <= month <= 12 for month in self.birth_months):
            raise DomainError("月份为 1 至 12。", field="birth_months")
        if self.tier_by and self.tier_by not in TIERS:
            raise DomainError(f"不能按“{self.tier_by}”分档。", field="tier_by")
        if self.tier_by == "children" and self.children_to is None:
            raise DomainError("按子女数分档，请填写子女年龄上限。", field="children_to")
        if self.retired_from and self.retired_to and self.retired_from > self.retired_to:
            raise DomainError("退休日期的起止顺序不对。", field="retired_from")

    def as_data(self) -> dict[str, Any]:
        """Return what `Round.selection` stores."""
        data = asdict(self)
        data |= {name: data[name].isoformat() for name in _DAYS if data[name]}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in data.items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the rule that `as_data` described; unknown keys are ignored."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {key: value for key, value in data.items() if key in known}
        for key, value in values.items():
            if isinstance(value, list):
                values[key] = tuple(value)
        values |= {name: dt.date.fromisoformat(values[name]) for name in _DAYS if values.get(name)}
        return cls(**values)


def people(*, selection: Selection, on: dt.date) -> PersonQuerySet:
    """Return the living people the rule chooses as of the day, one query, unordered."""
    chosen: PersonQuerySet = Person.objects.filter(Q(died_on__isnull=True) | Q(died_on__gt=on))
    chosen = chosen.filter(_membership(selection, on))
    if selection.kinds:
        chosen = chosen.of_kind(*selection.kinds, on=on)
    if selection.employment:
        chosen = chosen.employed_as(*selection.employment, on=on)
    if selection.post_categories:
        chosen = chosen.filter(post_category__in=selection.post_categories)
    if selection.gender:
        chosen = chosen.filter(gender=selection.gender)
    if selection.branches:
        below = Branch.objects.filter(Q(pk__in=selection.branches) | Q(parent__in=selection.branches))
        chosen = chosen.in_branch(below.values("pk"), on=on)
    if selection.cohorts:
        chosen = chosen.filter(pk__in=Cohort.objects.people(list(selection.cohorts), on=on))
    chosen = chosen.filter(_ages(selection, on))
    if selection.birth_months:
        chosen = chosen.filter(birth_date__month__in=selection.birth_months)
    if selection.retired_from:
        chosen = chosen.filter(retired_on__gte=selection.retired_from)
    if selection.retired_to:
        chosen = chosen.filter(retired_on__lte=selection.retired_to)
    return chosen if selection.children_to is None else chosen.filter(Exists(_children(selection, on)))


def _children(selection: Selection, on: dt.date) -> PersonQuerySet:
    """Return the living children of at most so many years of each person chosen, whoever of the two names the other."""
    parent = OuterRef(OuterRef("pk"))  # seen from the kinships within the children
    child_of = Q(pk__in=Kinship.objects.filter(person=parent, relation=Relation.CHILD).values("related"))
    parent_of = Kinship.objects.filter(related=parent, relation=Relation.PARENT)
    young = Q(birth_date__gt=years_before(on, (selection.children_to or 0) + 1), birth_date__lte=on, died_on=None)
    found: PersonQuerySet = Person.objects.order_by().filter(young, child_of | Q(pk__in=parent_of.values("person")))
    return found


def _membership(selection: Selection, on: dt.date) -> Q:
    """Return the condition on memberships as of the day."""
    anybody = Person.objects.members(on=on, state=None)
    wanted = Q()
    if selection.members:
        episodes = Membership.objects.in_force(on=on)
        if selection.membership:
            episodes = episodes.filter(state__in=selection.membership)
        wanted = Q(pk__in=episodes.values("person"))
        if selection.joined_before:
            joined = Membership.objects.filter(valid_from__lt=selection.joined_before)
            wanted &= Q(pk__in=joined.values("person"))
    if selection.non_members:
        outside = ~Q(pk__in=anybody.values("pk"))
        wanted = (wanted | outside) if selection.members else outside
    return wanted


def _ages(selection: Selection, on: dt.date) -> Q:
    """Return the condition on birth dates: who is 40 on the day was born on it 40 years ago or before."""
    wanted = Q()
    if selection.age_from is not None:
        wanted &= Q(birth_date__lte=years_before(on, selection.age_from))
    if selection.age_to is not None:
        wanted &= Q(birth_date__gt=years_before(on, selection.age_to + 1))
    return wanted


def tier(selection: Selection, *, on: dt.date) -> Combinable:
    """Return the expression that puts each person into a tier as of the day; '' where the rule knows none."""
    if selection.tier_by == "children":
        return _number_of(_children(selection, on))
    if selection.tier_by in _DATED:
        return _DATED[selection.tier_by](on)
    return F(TIERS[selection.tier_by]) if selection.tier_by else Value("", output_field=CharField())


def _number_of(rows: PersonQuerySet) -> Combinable:
    counted = rows.values(all=Value(1)).annotate(n=Count("pk")).values("n")
    return Cast(Subquery(counted), CharField())


def tier_label(*, selection: Selection, value: str) -> str:
    """Return a tier's value in words."""
    choices: dict[str, dict[str, Any]] = {
        "employment": dict(Employment.choices),
        "post_category": dict(PostCategory.choices),
        "kind": dict(PersonKind.choices),
        "gender": dict(Gender.choices),
    }
    if selection.tier_by == "children":
        return f"{int(value):,} 个子女"
    return str(choices.get(selection.tier_by, {}).get(value, value)) or "未分档"


def preview(*, selection: Selection, on: dt.date) -> int:
    """Return how many people the rule would choose."""
    return people(selection=selection, on=on).count()


def describe(*, selection: Selection, on: dt.date) -> str:
    """Return the rule as a sentence for the basis of a figure and for the round's page."""
    parts = [f"{on.isoformat()} 在册", _who(selection)]
    parts += [
        f"用工形式：{_names(Employment, selection.employment)}" if selection.employment else "",
        f"岗位类别：{_names(PostCategory, selection.post_categories)}" if selection.post_categories else "",
        f"分工会：{_listed(_branch_names(selection))}" if selection.branches else "",
        str(Gender(selection.gender).label) if selection.gender else "",
        f"特殊群体：{_listed(_cohort_names(selection))}" if selection.cohorts else "",
        _age_words(selection),
        f"{_listed(str(month) for month in selection.birth_months)} 月出生" if selection.birth_months else "",
        f"{selection.joined_before.isoformat()} 前入会" if selection.joined_before else "",
        f"{selection.retired_from or '…'} 至 {selection.retired_to or '…'} 退休" if _retiring(selection) else "",
        f"有 {selection.children_to} 周岁以下（含）的子女" if selection.children_to is not None else "",
    ]
    return "，".join(part for part in parts if part)


def _who(selection: Selection) -> str:
    names = []
    if selection.members:
        states = _names(MembershipState, selection.membership)
        names.append(f"会员（{states}）" if states else "会员")
    if selection.non_members:
        names.append("非会员")
    kinds = f"（{_names(PersonKind, selection.kinds)}）" if selection.kinds else ""
    return _listed(names) + kinds


def _retiring(selection: Selection) -> bool:
    return bool(selection.retired_from or selection.retired_to)


def _age_words(selection: Selection) -> str:
    low, high = selection.age_from, selection.age_to
    if low is not None and high is not None:
        return f"年龄 {low} 至 {high} 岁"
    if low is not None:
        return f"年满 {low} 岁"
    return f"不超过 {high} 岁" if high is not None else ""


def _names(choices: Any, values: Iterable[str]) -> str:
    return _listed(str(choices(value).label) for value in values)


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)


def _branch_names(selection: Selection) -> list[str]:
    return list(Branch.objects.filter(pk__in=selection.branches).values_list("name", flat=True))


def _cohort_names(selection: Selection) -> list[str]:
    return list(CohortKind.objects.filter(code__in=selection.cohorts).values_list("name", flat=True))
