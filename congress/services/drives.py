"""Drives for proposals: announced with their rules, changed while they run; the categories they start with."""

from typing import Any

from django.db import transaction

from congress.models import Proposal, ProposalCategory, ProposalDrive
from congress.services.steps import hold
from union_portal.base.errors import DomainError

# What proposals are sorted into at first; the school renames, adds and retires them.
CATEGORIES = (
    ("governance", "学校治理与发展"),
    ("teaching", "教育教学"),
    ("research", "科研与学科建设"),
    ("staff", "人事与师资队伍"),
    ("pay", "薪酬福利与权益保障"),
    ("students", "学生工作与招生就业"),
    ("campus", "校园建设与后勤保障"),
    ("living", "生活服务与健康"),
    ("digital", "信息化与图书"),
    ("culture", "党建、文化与工会工作"),
    ("other", "其他"),
)
# Once numbers are given these stay as they are.
FIXED = ("session", "code")


def place_starting_categories(*, using: str = "default", **_signal: Any) -> None:
    """Add the starting categories to a portal that has none; what staff changed or retired stays so."""
    categories = ProposalCategory.objects.using(using)
    if not categories.exists():
        categories.bulk_create(
            (
                ProposalCategory(code=code, name=name, position=place)
                for place, (code, name) in enumerate(CATEGORIES, start=1)
            ),
            ignore_conflicts=True,
        )


@transaction.atomic
def keep_drive(*, drive: ProposalDrive) -> ProposalDrive:
    """Save a new or changed drive. Session and prefix stay once a proposal has a number; a session needs a body."""
    if not drive.session.sittings.exists():
        raise DomainError("请先为该次会议设定参加的大会，提案须向其中之一提出。", field="session")
    if drive.pk:
        before = hold(drive)
        numbered = Proposal.objects.filter(drive=before).exclude(number="").exists()
        for name in FIXED:
            if numbered and getattr(before, name) != getattr(drive, name):
                raise DomainError("已有提案按本次征集编号，会议和编号前缀不能再改。", field=name)
    drive.save()
    return drive
