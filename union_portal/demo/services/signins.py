"""The demo's sign-ins: one per role, with passwords and second factors of this installation only."""

import datetime as dt
import json
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from members.branches.services.tree import hold_role_for
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.accounts.services import assign_role

FILE = "demo_signins.json"
# key, role or None for a member without one, what it is called
ROLES: tuple[tuple[str, Role | None, str], ...] = (
    ("chair", Role.CHAIR, "主席"),
    ("vice_chair", Role.VICE_CHAIR, "副主席"),
    ("organisation", Role.ORGANISATION, "组织委员"),
    ("welfare", Role.WELFARE, "生活福利委员"),
    ("branch_chair", Role.BRANCH_CHAIR, "分工会主席"),
    ("finance", Role.FINANCE, "财务"),
    ("audit", Role.AUDIT, "经费审查委员会"),
    ("women", Role.WOMEN, "女工委员"),
    ("activities", Role.ACTIVITIES, "文体委员"),
    ("congress", Role.CONGRESS, "提案工作秘书"),
    ("administrator", Role.ADMINISTRATOR, "系统管理员"),
    ("member", None, "会员"),
    ("delegate", None, "教代会代表"),
    ("contact", None, "承办部门联系人"),
    ("leader", None, "分管领导"),
)


@dataclass(frozen=True)
class SignIn:
    """One line of the file; `totp_secret` is '' where no second factor is asked for."""

    title: str
    staff_number: str
    name: str
    password: str
    totp_secret: str = ""

    def code(self) -> str:
        """Return the second factor's code of this half minute."""
        if not self.totp_secret:
            return ""
        counters = list(yield_hotp_counters_from_time())
        return format_hotp_value(hotp_value(self.totp_secret, counters[len(counters) // 2]))


def give_roles(officers: dict[str, Person], *, since: dt.date) -> None:
    """Give the demo's people their roles; the branch chair's is held for the own branch."""
    for key, role, _title in ROLES:
        if role is None:
            continue
        user = officers[key].user
        assert user is not None  # noqa: S101 - linked by the caller
        assignment = assign_role(user=user, role=role, valid_from=since, document="星院工〔换届〕选举结果报告")
        if role == Role.BRANCH_CHAIR:
            hold_role_for(assignment=assignment, branches=[officers[key].assignments.latest("valid_from").branch])


def _path() -> Path:
    return Path(settings.PORTAL_DATA_DIR) / FILE


def read() -> list[SignIn]:
    """Return the sign-ins of this installation; empty when there are none."""
    try:
        return [SignIn(**line) for line in json.loads(_path().read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []


@transaction.atomic
def issue(numbers: dict[str, str]) -> list[SignIn]:
    """Set new passwords and second factors for the staff numbers by key, and keep them readable only by the owner."""
    passwords = [secrets.token_urlsafe(9) for _role in ROLES]
    # A hash is slow and hungry on purpose; two at a time are computed outside the interpreter's lock.
    with ThreadPoolExecutor(max_workers=2) as pool:
        hashed = list(pool.map(make_password, passwords))
    made = []
    for (key, role, title), password, kept in zip(ROLES, passwords, hashed, strict=True):
        user = User.objects.get(staff_number=numbers[key])
        user.password = kept
        user.is_active = True
        user.save(update_fields=["password", "is_active"])
        secret = _enrol(user) if role and settings.PORTAL_STAFF_TOTP else ""
        made.append(SignIn(title, user.staff_number, user.name, password, secret))
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump([asdict(line) for line in made], file, ensure_ascii=False, indent=2)
    return made


def _enrol(user: User) -> str:
    Authenticator.objects.filter(user=user).delete()
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def table(lines: list[SignIn]) -> str:
    """Return the sign-ins as a table for the terminal, with the codes of this half minute."""
    rows = [("身份", "工号", "姓名", "密码", "动态码")]
    rows += [(line.title, line.staff_number, line.name, line.password, line.code() or "—") for line in lines]
    widths = [max(_width(row[column]) for row in rows) for column in range(5)]
    text = "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    if any(line.totp_secret for line in lines):
        text += "\n动态码每 30 秒更换，登录时用 manage.py demo_signins 查看当前的动态码。"
    return text


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
