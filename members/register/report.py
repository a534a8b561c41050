"""What the register counts: what began or ended in a period, and who and what there is on a day."""

import datetime as dt
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, Q

from members.branches.enums import BranchKind
from members.branches.models import Branch, Term
from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.people.enums import Gender, MembershipState, PostCategory
from union_portal.base.figures.kind import Kind

_EPISODES = Membership.objects.all()
# A branch stands until the day before it is dissolved.
_BRANCHES = Branch.objects.annotate(
    stands_until=ExpressionWrapper(F("dissolved_on") - dt.timedelta(days=1), output_field=DateField())
)
_PERSON = ("person__staff_number", "person__name")
_ACTIVE = Q(state=MembershipState.ACTIVE)


def _on_a_day(key: str, label: str, where: Q) -> Kind:
    held: dict[str, Any] = {"records": _EPISODES, "day": "valid_from", "until": "valid_to", "heads": "person"}
    return Kind(key, label, unit="人", where=where, columns=(*_PERSON, "valid_from"), basis="会籍登记", **held)


def _branches(key: str, label: str, kind: BranchKind) -> Kind:
    standing: dict[str, Any] = {"records": _BRANCHES, "day": "founded_on", "until": "stands_until"}
    columns = ("code", "name", "founded_on")
    return Kind(key, label, unit="个", where=Q(kind=kind), columns=columns, basis="组织登记", **standing)


def _event(key: str, label: str, day: str, basis: str, where: Q = _ACTIVE, **ways: Any) -> Kind:
    # Only members in service are 会员 on a day: what begins and ends is counted of them, so that the totals bridge.
    columns = (*_PERSON, "valid_from", "valid_to", "counterpart")
    counted: dict[str, Any] = {"records": _EPISODES, "where": where & Q(**ways), "day": day, "heads": "person"}
    return Kind(key, label, unit="人", columns=columns, basis=basis, **counted)


_NEW, _IN = MembershipStart.JOINED, MembershipStart.TRANSFERRED_IN
_LEFT = (MembershipEnd.LEFT, MembershipEnd.EXPELLED)
_CAME = "入会登记，按入会日期计；会籍转入，按转入日期计"
KINDS = [
    _on_a_day("members.total", "会员", _ACTIVE),
    _on_a_day("members.women", "女会员", _ACTIVE & Q(person__gender=Gender.FEMALE)),
    _on_a_day("members.teachers", "教师会员", _ACTIVE & Q(person__post_category=PostCategory.TEACHER)),
    _on_a_day("members.retained", "保留会籍", Q(state=MembershipState.RETAINED)),
    _branches("members.branches", "分工会", BranchKind.BRANCH),
    _branches("members.direct_groups", "直属工会小组", BranchKind.DIRECT_GROUP),
    _event("members.new", "新会员（入会及转入）", "valid_from", _CAME, began_by__in=(_NEW, _IN)),
    _event("members.joined", "入会", "valid_from", "入会登记，按入会日期计", began_by=_NEW),
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
    Kind(
        "members.elections",
        "分工会换届",
        unit="个",
        records=Term.objects.all(),
        day="began_on",
        columns=("branch__name", "number", "began_on", "ends_on"),
        basis="换届登记，按届期开始日期计",
    ),
]
