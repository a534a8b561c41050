"""Two people: one asks for the archive, another confirms it; what leaves, and through whom, is logged."""

from union_portal.accounts.enums import SECOND_PEOPLE, Access, DataClass
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.base.errors import Refused

KIND = "home.leaving"


def two_people(*, asked_by: User, confirmed_by: User) -> None:
    """Refuse one person for both, and anybody who is neither administrator nor chair today."""
    if asked_by == confirmed_by:
        raise Refused("申请人和确认人须是两个人。")
    for user in (asked_by, confirmed_by):
        if not (user.is_active and user.has_role(*SECOND_PEOPLE)):
            raise Refused(f"{user}今天不担任系统管理员或主席，不能申请或确认整体导出。")


def log_leaving(*, user: User, action: Access, subject: str, purpose: str) -> None:
    """Write down that somebody asked for everything, confirmed it, or took it away."""
    log_access(user=user, action=action, kind=KIND, subject=subject, data_class=DataClass.HEALTH, purpose=purpose)


def in_words(*, asked_by: User, confirmed_by: User, reason: str) -> str:
    """Say in the archive who wanted it."""
    return f"申请人：{asked_by}；确认人：{confirmed_by}；用途：{reason}"
