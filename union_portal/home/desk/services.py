"""Keeping a list's filters by name."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.home.desk.models import SavedFilter

# So many of one list; more would be a list of their own.
MOST = 20
# What an address says beside its filters: the page, a window over the page, all rows on one page.
_PASSING = ("p", "_popup", "_to_field", "all", "_changelist_filters")
_LONGEST = 2000


def lasting(asked: str) -> str:
    """Return what an address asks of a list for good, without the page it stood on."""
    return urlencode([(name, value) for name, value in parse_qsl(asked) if name not in _PASSING])


@transaction.atomic
def save_filter(*, account: User, shown: str, name: str, asked: str) -> SavedFilter:
    """Keep what is asked of the list under the name; one of that name asks this from now on.

    Raises Refused for nothing to keep, a filter that is too long, and more than MOST of the list.
    """
    name, asked = " ".join(name.split())[:30], lasting(asked)
    if not name:
        raise Refused("请填写筛选的名称。")
    if not asked:
        raise Refused("列表还没有筛选或搜索，请先筛选再保存。")
    if len(asked) > _LONGEST:
        raise Refused("筛选条件过长，请减少条件后再保存。")
    User.objects.select_for_update().get(pk=account.pk)  # one at a time, so that the number holds
    own = SavedFilter.objects.filter(account=account, shown=shown)
    if own.exclude(name=name).count() >= MOST:
        raise Refused(f"一个列表最多保存 {MOST} 个常用筛选，请先删除不用的。")
    return SavedFilter.objects.update_or_create(account=account, shown=shown, name=name, defaults={"asked": asked})[0]


def remove_filter(*, account: User, key: int) -> None:
    """Forget one of the account's own filters."""
    SavedFilter.objects.filter(account=account, pk=key).delete()
