"""What the register counts: what began or ended in a period, and who and what there is on a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case, DateField, ExpressionWrapper, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Concat, Greatest, Least

from members.branches.enums import BranchKind
from members.branches.models import Branch, Office, Term
from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.people.enums import OWN, Employment, Gender, MembershipState, PersonKind, PostCategory
from members.people.models import Person
from union_portal.base.chinese.numerals import numeral
from union_portal.base.figures.kind import Kind, Narrowed, Ratio

_DAY = dt.timedelta(days=1)


def belonging(person: str = "") -> Narrowed:
    """Return what narrows a kind to those who belonged to the branch: on the day counted, or while that went on."""
    its = f"{person}assignments__"

    def narrowed(kind: Kind, branches: Sequence[int]) -> Kind:
        there = Q(**{f"{its}branch__in": branches})
        if kind.as_of:
            records = kind.records.filter(there).annotate(
                portal_from=Greatest(kind.day, f"{its}valid_from", output_field=DateField()),
                portal_to=Least(kind.until, f"{its}valid_to", output_field=DateField()),
            )
            return replace(kind, records=records, day="portal_from", until="portal_to")
        there &= Q(**{f"{its}valid_from__lte": F(kind.day)})
        there &= Q(**{f"{its}valid_to__isnull": True}) | Q(**{f"{its}valid_to__gte": F(kind.day)})
        return replace(kind, where=kind.where & there)

    return narrowed


_EPISODES = Membership.objects.all()
# A branch stands until the day before it is dissolved.
_BRANCHES = Branch.objects.annotate(stands_until=ExpressionWrapper(F("dissolved_on") - _DAY, output_field=DateField()))
# Looked up for those few who ever went to another union.
_WENT = Membership.objects.filter(ended_by=MembershipEnd.TRANSFERRED_OUT).values("person")
_LAST_END = Subquery(
    Membership.objects.filter(person=OuterRef("pk"))
    .order_by("-valid_from")
    .annotate(left_on=Case(When(ended_by=MembershipEnd.TRANSFERRED_OUT, then="valid_to"), output_field=DateField()))
    .values("left_on")[:1]
)
# Of the school's own people, who works and who has retired follows from the days where these are known.
_OWN = Person.objects.filter(kind__in=OWN)
_STAFF = _OWN.filter(Q(kind=PersonKind.STAFF) | Q(retired_on__isnull=False)).annotate(
    works_until=Least("retired_on", "died_on", Case(When(pk__in=_WENT, then=_LAST_END)), output_field=DateField())
)
_RETIREES = _OWN.filter(Q(kind=PersonKind.RETIREE) | Q(retired_on__isnull=False)).annotate(
    retired_from=ExpressionWrapper(F("retired_on") + _DAY, output_field=DateField())
)
# A union that elects every five years counts its terms up to here for a hundred and fifty years.
_TERMS = Case(*(When(number=n, then=Value(numeral(n))) for n in range(1, 31)), output_field=TextField())
_UNION_TERMS = Term.objects.annotate(
    called=Concat(Value("第"), _TERMS, Value("届工会委员会"), output_field=TextField())
)
_OUTSIDE = (Employment.CONTRACT, Employment.AGENCY, Employment.DISPATCHED, Employment.POSTDOC, Employment.OTHER)
_PERSON = ("person__staff_number", "person__name")
_ACTIVE = Q(state=MembershipState.ACTIVE)


def _on_a_day(key: str, label: str, where: Q) -> Kind:
    held: dict[str, Any] = {"records": _EPISODES, "day": "valid_from", "until": "valid_to", "heads": "person"}
    held |= {"branch": belonging("person__"), "alike": ("state", "person__gender", "person__post_category")}
    return Kind(key, label, unit="人", where=where, columns=(*_PERSON, "valid_from"), basis="会籍登记", **held)


def _branches(key: str, label: str, kind: BranchKind) -> Kind:
    standing: dict[str, Any] = {"records": _BRANCHES, "day": "founded_on", "until": "stands_until"}
    columns = ("code", "name", "founded_on")
    return Kind(key, label, unit="个", where=Q(kind=kind), columns=columns, basis="组织登记", **standing)


def _event(key: str, label: str, day: str, basis: str, where: Q = _ACTIVE, **ways: Any) -> Kind:
    # Only members in service are 会员 on a day: what begins and ends is counted of them, so that the totals bridge.
    columns = (*_PERSON, "valid_from", "valid_to", "counterpart")
    counted: dict[str, Any] = {"records": _EPISODES, "where": where & Q(**ways), "day": day, "heads": "person"}
    counted |= {"branch": belonging("person__")}
    return Kind(key, label, unit="人", columns=columns, basis=basis, **counted)


def _people(key: str, label: str, records: Any, day: str, until: str, basis: str) -> Kind:
    columns = ("staff_number", "name", "department", "employed_on", "retired_on")
    days: dict[str, Any] = {"records": records, "day": day, "until": until, "heads": "pk"}
    return Kind(key, label, unit="人", columns=columns, basis=basis, branch=belonging(), alike=("kind",), **days)


def _officers(key: str, label: str, where: Q, basis: str) -> Kind:
    held: dict[str, Any] = {"records": Office.objects.all(), "day": "valid_from", "until": "valid_to"}
    columns = (*_PERSON, "term__branch__name", "position", "full_time", "valid_from")
    return Kind(
        key,
        label,
        unit="人",
        where=where,
        once="person",
        heads="person",
        columns=columns,
        basis=basis,
        branch="term__branch",
        **held,
    )


_NEW, _IN = MembershipStart.JOINED, MembershipStart.TRANSFERRED_IN
_LEFT = (MembershipEnd.LEFT, MembershipEnd.EXPELLED)
_CAME = "入会登记，按入会日期计；会籍转入，按转入日期计"
KINDS: list[Kind | Ratio] = [
    _on_a_day("members.total", "会员", _ACTIVE),
    _on_a_day("members.enrolled", "在册会员（含保留会籍）", Q()),
    _on_a_day("members.women", "女会员", _ACTIVE & Q(person__gender=Gender.FEMALE)),
    _on_a_day("members.teachers", "教师会员", _ACTIVE & Q(person__post_category=PostCategory.TEACHER)),
    _on_a_day("members.retained", "保留会籍", Q(state=MembershipState.RETAINED)),
    _branches("members.branches", "分工会", BranchKind.BRANCH),
    _branches("members.direct_groups", "直属工会小组", BranchKind.DIRECT_GROUP),
    _event("members.new", "新会员（入会及转入）", "valid_from", _CAME, began_by__in=(_NEW, _IN)),
    _event("members.joined", "入会", "valid_from", "入会登记，按入会日期计", began_by=_NEW),
    _event(
        *("members.joined_outside", "编制外人员入会", "valid_from", "入会登记（用工形式不在编），按入会日期计"),
        where=_ACTIVE & Q(person__employment__in=_OUTSIDE),
        began_by=_NEW,
    ),
    _event("members.transferred_in", "转入", "valid_from", "会籍转入，按转入日期计", began_by=_IN),
    _event(
        *("members.transferred_out", "转出", "valid_to", "会籍转出，按转出日期计"),
        ended_by=MembershipEnd.TRANSFERRED_OUT,
    ),
    _event("members.retired", "会员退休", "valid_to", "退休会籍变动，按退休日期计", ended_by=MembershipEnd.RETIRED),
    _event("members.left", "退会", "valid_to", "退会登记，按退会日期计", ended_by__in=_LEFT),
    _event(
        "members.deceased",
        "会员去世（会籍终止）",
        "valid_to",
        "会籍终止，按去世日期计",
        ended_by=MembershipEnd.DECEASED,
    ),
    _event(
        "members.recorded", "建册登记", "valid_from", "建册登记，按会籍起始日期计", began_by=MembershipStart.RECORDED
    ),
    _event("members.resumed", "恢复会籍", "valid_from", "恢复会籍，按恢复日期计", began_by=MembershipStart.RESUMED),
    _event(
        *("members.retained_ended", "保留会籍终止", "valid_to", "保留会籍的去世、退会、转出，按终止日期计"),
        where=Q(state=MembershipState.RETAINED),
        ended_by__in=(*_LEFT, MembershipEnd.DECEASED, MembershipEnd.TRANSFERRED_OUT),
    ),
    _people("members.staff", "教职工", _STAFF, "employed_on", "works_until", "人员登记（在职）"),
    _people("members.retirees", "离退休教职工", _RETIREES, "retired_from", "died_on", "人员登记（离退休）"),
    Ratio(
        "members.membership_rate",
        "教职工入会率",
        above=("members.total",),
        below=("members.staff",),
        basis="会员÷教职工",
        as_of=True,
    ),
    _officers("members.officers", "工会干部", Q(), "工会任职登记，一人一计"),
    _officers("members.officers_full_time", "专职工会干部", Q(full_time=True), "工会任职登记（专职），一人一计"),
    _officers("members.officers_part_time", "兼职工会干部", Q(full_time=False), "工会任职登记（兼职），一人一计"),
    Kind(
        "members.by_elections",
        "补选工会干部",
        unit="个",
        records=Office.objects.all(),
        where=Q(by_election=True),
        day="valid_from",
        once="term__branch",
        heads="person",
        title="term__branch__name",
        columns=(*_PERSON, "term__branch__name", "position", "valid_from"),
        basis="工会任职登记（补选），按任职开始日期计",
        branch="term__branch",
    ),
    Kind(
        "members.union_elections",
        "校工会换届",
        unit="次",
        records=_UNION_TERMS,
        where=Q(branch__kind=BranchKind.SCHOOL),
        day="began_on",
        title="called",
        columns=("branch__name", "number", "began_on", "ends_on"),
        basis="校工会的换届登记，按届期开始日期计",
    ),
    # The school union's own term is no election of a branch.
    Kind(
        "members.elections",
        "分工会换届",
        unit="个",
        records=Term.objects.all(),
        where=Q(branch__kind__in=(BranchKind.BRANCH, BranchKind.DIRECT_GROUP)),
        day="began_on",
        once="branch",
        title="branch__name",
        columns=("branch__name", "number", "began_on", "ends_on"),
        basis="分工会、直属工会小组的换届登记，按届期开始日期计",
        branch="branch",
    ),
]
