"""What waits at the desk: files for the branch and the committee, re-checks that are due, aids to approve and pay."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from union_portal.base.prepared import totals
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
_DUE, _RECHECK = "困难档案复核到期", "上次评定已满一年，请更新收入和支出重新评定。"


def _asked(user: User) -> dict[str, tuple["QuerySet[Any]", str]]:
    """Return what may wait for whoever may do each step, of the rows that the account sees."""
    found: dict[str, tuple[QuerySet[Any], str]] = {}
    for model, waiting in ((HardshipFile, _FILES), (HardshipAid, _AIDS)):
        seen = model.objects.visible_to(user)
        found |= {title: (seen.filter(state=state), "") for _permission, state, title, _detail in waiting}
    return found | {_DUE: (HardshipFile.objects.visible_to(user).to_recheck(on=timezone.localdate()), "")}


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits for the account, and the files whose last decision is a year old."""
    files, aids = (reverse(f"admin:welfare_{name}_changelist") for name in ("hardshipfile", "hardshipaid"))
    told = [
        (permission, title, detail, f"{address}?state__exact={state}")
        for address, waiting in ((files, _FILES), (aids, _AIDS))
        for permission, state, title, detail in waiting
    ]
    told.append(("welfare.disclose_hardshipfile", _DUE, _RECHECK, f"{files}?recheck=due"))
    mine = [one for one in told if user.has_perm(one[0])]
    counts = totals(user, "hardship", _asked) if mine else {}
    for _permission, title, detail, address in mine:
        if counts[title][0]:
            yield DeskItem(title=title, detail=detail, address=address, count=counts[title][0])


contribute(Contribution(desk_items=desk_items))
