"""Saying what the union is called: its own row, and the root of the tree of branches, which bears the name."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.branches.services import tree
from union_portal.base import profile
from union_portal.base.models import UnionProfile
from union_portal.base.models.profile import THE_ONE
from union_portal.base.steps import saved
from welfare.benefits.services import place_festivals

ROOT_CODE = "00"


@transaction.atomic
def save_profile(*, name: str, founded_on: dt.date | None, **details: Any) -> UnionProfile:
    """Name the union, or give it another name, and keep the details; the first time the tree of branches gets its root
    and the calendar this year's festivals and the next year's.

    What was printed and frozen before keeps its words.
    """
    if tree.school() is None:
        year = timezone.localdate().year
        place_festivals(years=(year, year + 1))
    tree.name_school(code=ROOT_CODE, name=name, founded_on=founded_on)
    row = UnionProfile.objects.select_for_update().filter(pk=THE_ONE).first() or UnionProfile()
    for field in row._meta.concrete_fields:  # noqa: SLF001
        if field.name in details:
            field.save_form_data(row, details[field.name])
    profile.keep(saved(row))
    return row
