"""The access log's one way in."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from django.db.models import Q
from django.utils import timezone

from union_portal.accounts.enums import EMPOWER, LET_IN, TAKES_TWO, Access, DataClass, Step
from union_portal.accounts.models import AccessEntry, User
from union_portal.base import profile
from union_portal.base.errors import Refused
from union_portal.base.mailing import mail
from union_portal.base.moments import minute

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251  # a signal brings the request

ACCOUNTS = "accounts.user"
AWHILE = dt.timedelta(days=30)
_NEWS = "{when}，您在{portal}的账号有变动：{step}。办理人：{who}。如果不是您要求的，请立即联系工会办公室。"


def take_step(
    *, users: Iterable[User], actor: User | None, step: Step, about: str = "", asked_by: User | None = None
) -> None:
    """Write down a step on accounts, a line for each with its staff number, and tell their owners by mail.

    Refused when the account would then be in one person's hands: who let somebody in does not also empower it, and
    what takes two on an account with a role needs somebody else who asked for it. Who never signed in is not told:
    nothing of the account is the owner's yet.
    """
    told, address = list(users), _address()
    words = f"{step}{about}" + (f"（{asked_by.name} 申请）" if asked_by else "")
    if asked_by is None and step in TAKES_TWO:
        refuse_single(told, actor, step)
    _write(told, actor, step, words, address)


def ask_step(*, user: User, actor: User, step: Step) -> None:
    """Write down that somebody asks for a step on an account: it counts as his, and the owner hears of it early."""
    _write([user], actor, step, f"{step}（待第二人确认）", _address())


def takes_two(*, user: User, actor: User | None) -> bool:
    """Whether a second person must agree to what lets somebody into the account, or keeps its owner out."""
    return actor is not None and not actor.is_superuser and user.is_entrusted


def refuse_single(users: list[User], actor: User | None, step: Step) -> None:
    """Refuse to one person what takes two; the command line and the account that sets the portal up are free."""
    if actor is None or actor.is_superuser:
        return
    found = User.objects.entrusted().filter(pk__in=[user.pk for user in users]).first()
    if found is not None:
        raise Refused(f"{found} 担任角色：{step}须先提出申请，再由另一人确认。")


def _write(told: list[User], actor: User | None, step: Step, words: str, address: str | None) -> None:
    _refuse_alone({user.staff_number: user for user in told}, actor, step)
    AccessEntry.objects.bulk_create(
        AccessEntry(
            user=actor,
            action=Access.CODE if step == Step.CODE else Access.ACCOUNT,
            kind=ACCOUNTS,
            subject=user.staff_number,
            purpose=words[:200],
            address=address,
        )
        for user in told
    )
    when = minute(timezone.now())
    for user in told:
        if user.email and user.last_login is not None:
            words_of_it = _NEWS.format(portal=profile.title(), when=when, step=words, who=actor or "系统")
            mail([user.email], subject="您的账号有变动", text=words_of_it)


def _refuse_alone(users: dict[str, User], actor: User | None, step: Step) -> None:
    """Refuse to an account what together with its own earlier steps would open another's; the one set up with may."""
    others = EMPOWER if step in LET_IN else LET_IN if step in EMPOWER else ()
    if actor is None or actor.is_superuser or not others:
        return
    since = timezone.now() - AWHILE
    own = AccessEntry.objects.filter(user=actor, kind=ACCOUNTS, subject__in=users, at__gte=since)
    other = reduce(or_, (Q(purpose__startswith=one.value) for one in others))
    done = dict(own.filter(other).order_by("pk").values_list("subject", "purpose"))
    if done:
        told = "；".join(f"{users[number]}：{words}" for number, words in list(done.items())[:3])
        raise Refused(f"{step}须由另一人办理：{AWHILE.days} 天内您已为同一账号办理过（{told}）。")


def _address(request: Any = None) -> str | None:
    """Return the network address of the request given or under way, behind as many proxies as the settings trust."""
    asked = request or getattr(context, "request", None)
    return get_client_ip(asked) if asked is not None else None


def log_access(
    *,
    user: User | None,
    action: Access,
    kind: str = "",
    subject: str = "",
    data_class: DataClass | str = "",
    purpose: str = "",
    rows: int | None = None,
    request: "HttpRequest | None" = None,
) -> AccessEntry:
    """Write one line of the access log; it can never be changed.

    `kind` is the model or page, `subject` its number (never a person's name), `purpose` what the user said it is for.
    The network address is that of the request under way, or of the one given; commands have none.
    """
    return AccessEntry.objects.create(
        user=user,
        action=action,
        kind=kind[:64],
        subject=subject[:200],
        data_class=data_class,
        purpose=purpose[:200],
        rows=rows,
        address=_address(request),
    )
