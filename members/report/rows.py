"""The rows behind the register's figures."""

from django.db.models import F, Q

from members.enums import MembershipEnd, MembershipStart, MembershipState
from members.models import Branch, Membership, Term
from union_portal.base.figures import FigureRequest, Rows

BEGAN = {
    "members.new": (MembershipStart.JOINED, MembershipStart.TRANSFERRED_IN),
    "members.joined": (MembershipStart.JOINED,),
    "members.transferred_in": (MembershipStart.TRANSFERRED_IN,),
}
ENDED = {
    "members.transferred_out": (MembershipEnd.TRANSFERRED_OUT,),
    "members.retired": (MembershipEnd.RETIRED,),
    "members.left": (MembershipEnd.LEFT, MembershipEnd.EXPELLED),
    "members.deceased": (MembershipEnd.DECEASED,),
}
ON_A_DAY = {
    "members.total": Q(state=MembershipState.ACTIVE),
    "members.women": Q(state=MembershipState.ACTIVE, person__gender="female"),
    "members.teachers": Q(state=MembershipState.ACTIVE, person__post_category="teacher"),
    "members.retained": Q(state=MembershipState.RETAINED),
}
BRANCHES = {"members.branches": "branch", "members.direct_groups": "direct_group"}

_PERSON = ("工号", "名称")


def rows(request: FigureRequest) -> Rows:
    """Return the memberships, terms or branches that the figure counted."""
    kind = request.kinds[0]
    start, end = request.period.start, request.period.end
    if kind in BRANCHES:
        branches = Branch.objects.standing(on=end).filter(kind=BRANCHES[kind])
        return Rows(("编码", "名称", "成立日期"), branches.values_list("code", "name", "founded_on"))
    if kind == "members.elections":
        terms = Term.objects.filter(began_on__range=(start, end)).order_by("began_on", "branch__code")
        return Rows(
            ("分工会", "编号", "开始", "结束"),
            terms.values_list("branch__name", "number", "began_on", "ends_on"),
        )
    episodes = Membership.objects.order_by("person__pinyin_key", "person__staff_number")
    if kind in ON_A_DAY:
        episodes = episodes.in_force(on=end).filter(ON_A_DAY[kind])
        return Rows(
            (*_PERSON, "起始日期"),
            episodes.values_list("person__staff_number", "person__name", "valid_from"),
        )
    began = {way for one in request.kinds for way in BEGAN.get(one, ())}
    ended = {way for one in request.kinds for way in ENDED.get(one, ())}
    episodes = episodes.filter(
        Q(began_by__in=began, valid_from__range=(start, end)) | Q(ended_by__in=ended, valid_to__range=(start, end))
    ).annotate(other=F("counterpart"))
    return Rows(
        (*_PERSON, "起始日期", "终止日期", "转入（转出）单位"),
        episodes.values_list("person__staff_number", "person__name", "valid_from", "valid_to", "other"),
    )
