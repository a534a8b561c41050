"""What waits at the desk: files for the branch and the committee, re-checks that are due, aids to approve and pay."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from welfare.hardship.enums import AidState, FileState
from welfare.hardship.models import HardshipAid, HardshipFile

# permission, state, title, what to do
_FILES = (
    ("welfare.endorse_hardshipfile", FileState.BRANCH, "待审核的困难档案", "分工会核实后上报，或退回补充。"),
    ("welfare.decide_hardshipfile", FileState.COMMITTEE, "待评定的困难档案", "登记委员会的评定结果。"),
    ("welfare.disclose_hardshipfile", FileState.DECIDED, "待公示的困难档案", "评定结果隐去姓名公示五个工作日。"),
)
_AIDS = (
    ("welfare.approve_hardshipaid", AidState.PROPOSED, "待审批的困难帮扶", "经办人以外的同事审批。"),
    ("welfare.pay_hardshipaid", AidState.APPROVED, "待发放的困难帮扶", "登记发放并记入台账。"),
)


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits for the account, and the files whose last decision is a year old."""
    for model, waiting in ((HardshipFile, _FILES), (HardshipAid, _AIDS)):
        address = reverse(f"admin:welfare_{model._meta.model_name}_changelist")  # noqa: SLF001
        for permission, state, title, detail in waiting:
            if user.has_perm(permission) and (count := model.objects.visible_to(user).filter(state=state).count()):
                yield DeskItem(title=title, detail=detail, address=f"{address}?state__exact={state}", count=count)
    if user.has_perm("welfare.disclose_hardshipfile"):
        yield from _due(user, timezone.localdate())


def _due(user: User, today: dt.date) -> Iterator[DeskItem]:
    count = HardshipFile.objects.visible_to(user).to_recheck(on=today).count()
    if count:
        yield DeskItem(
            title="困难档案复核到期",
            detail="上次评定已满一年，请更新收入和支出重新评定。",
            address=f"{reverse('admin:welfare_hardshipfile_changelist')}?recheck=due",
            count=count,
        )


contribute(Contribution(desk_items=desk_items))
