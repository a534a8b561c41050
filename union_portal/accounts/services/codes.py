"""One-time codes: random, stored as a keyed hash, few attempts, short-lived; they open an account for its owner."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from procrastinate.contrib.django import app

from union_portal.accounts.enums import Step
from union_portal.accounts.models import OneTimeCode, User
from union_portal.accounts.services.access import refuse_single, take_step
from union_portal.base.errors import Refused
from union_portal.base.mailing import QUEUE

# No letters or digits that are mistaken for each other on paper.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 10
ATTEMPTS = 5
MAIL_CODE = "accounts.mail_code"


def _hash(user: User, code: str) -> str:
    plain = code.upper().replace("-", "").replace(" ", "")
    return salted_hmac("accounts.one_time_code", f"{user.pk}:{plain}", algorithm="sha256").hexdigest()


def _fresh() -> str:
    code = "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))
    return f"{code[:5]}-{code[5:]}"


@transaction.atomic
def issue_codes(*, users: Iterable[User], issued_by: User | None, asked_by: User | None = None) -> dict[User, str]:
    """Issue one code per account and return them; earlier unused codes stop working.

    Refused to one person for an account with a role: `asked_by` is who asked for what `issued_by` confirms. The codes
    exist in the clear only in what is returned: print or send them at once.
    """
    codes = {user: _fresh() for user in users}
    # Of two who issue at once the second ends the first one's code.
    keys = [user.pk for user in codes]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    now = timezone.now()
    OneTimeCode.objects.filter(user__in=codes, used_at=None, expires_at__gt=now).update(expires_at=now)
    OneTimeCode.objects.bulk_create(
        OneTimeCode(
            user=user,
            code_hash=_hash(user, code),
            issued_by=issued_by,
            expires_at=now + dt.timedelta(days=settings.PORTAL_CODE_DAYS),
        )
        for user, code in codes.items()
    )
    take_step(users=codes, actor=issued_by, step=Step.CODE, asked_by=asked_by)
    return codes


def _refuse_closed(user: User) -> None:
    if not user.is_active:
        raise Refused("该账号已停用，请先恢复再发放登录码。")


def issue_code(*, user: User, issued_by: User | None, asked_by: User | None = None) -> str:
    """Issue a code for one account and return it in the clear, once."""
    _refuse_closed(user)
    return issue_codes(users=[user], issued_by=issued_by, asked_by=asked_by)[user]


def refuse_without_address(user: User) -> None:
    """Refuse an account to which no code can be mailed."""
    _refuse_closed(user)
    if not user.email:
        raise Refused("该账号没有电子邮箱，请当面交付登录码。")


def ask_for_code(*, user: User, issued_by: User | None, asked_by: User | None = None) -> None:
    """Let the worker issue and mail a code; refused for an account that cannot get one, or needs two people for it."""
    refuse_without_address(user)
    if asked_by is None:
        refuse_single([user], issued_by, Step.CODE)
    people = {"issued_by_id": issued_by, "asked_by_id": asked_by}
    keys = {name: person.pk if person else None for name, person in people.items()}
    app.configure_task(MAIL_CODE, queue=QUEUE).defer(user_id=user.pk, **keys)


@transaction.atomic
def mail_code(*, user: User, issued_by: User | None, asked_by: User | None = None) -> None:
    """Issue a code and mail it to the account's address, at once: the worker's. A failed mail takes the code back."""
    refuse_without_address(user)
    code = issue_code(user=user, issued_by=issued_by, asked_by=asked_by)
    send_mail(
        "您的登录码",
        f"您的一次性登录码是 {code}，仅可使用一次，{settings.PORTAL_CODE_DAYS} 天内有效。",
        None,
        [user.email],
    )


def redeem_code(*, staff_number: str, code: str, password: str) -> User:
    """Open the account: check the code, set the password, use the code up.

    The answer to a wrong number, a wrong code and an expired one is the same. Five attempts per code; a failed attempt
    counts even though the call is refused.
    """
    with transaction.atomic():
        user: User | None = User.objects.filter(staff_number=staff_number.strip(), is_active=True).first()
        found = (
            OneTimeCode.objects.select_for_update(of=("self",))
            .filter(user=user, used_at=None, expires_at__gt=timezone.now(), attempts__lt=ATTEMPTS)
            .order_by("-issued_at", "-pk")
            .first()
            if user
            else None
        )
        if user and found and constant_time_compare(found.code_hash, _hash(user, code)):
            found.used_at = timezone.now()
            found.save(update_fields=["used_at"])
            user.set_password(password)
            user.save(update_fields=["password"])
            return user
        if found:
            OneTimeCode.objects.filter(pk=found.pk).update(attempts=F("attempts") + 1)
    raise Refused(
        "工号与登录码不符，或登录码已过期。请核对；错误五次后请向工会办公室重新领取。",
        field="code",
    )
