"""The categories a new portal starts with."""

from typing import Any

from congress.drives.models import ProposalCategory

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
