"""The samples on a copy of the desk: nothing here is seen by whoever walks over the real one."""

import copy
from typing import Any

from django.contrib import admin

from tests.sample.models import Damage, Loan, Notice, Shelf
from union_portal.base.admin import RecordAdmin
from union_portal.base.steps import take

site = copy.copy(admin.site)
site._registry = dict(admin.site._registry)
SERVED: list[str] = []


def find_again(*, subject: Loan, actor: Any, **values: Any) -> None:
    """Find a lost thing: a step that does more than move."""
    SERVED.append(subject.item)
    take(subject=subject, action="find", actor=actor, **values)


class LoanAdmin(RecordAdmin[Loan]):
    by = {"find": find_again}
    children = ("damages",)


class DamageAdmin(RecordAdmin[Damage]):
    parent = "loan"


class NoticeAdmin(RecordAdmin[Notice]):
    list_display = ("title", "kind", "posted_on", "readers", "masked")
    list_filter = ("kind", "branch_only")
    search_fields = ("title",)

    def masked(self, row: Notice) -> str:
        return "****" if row.pin else ""

    masked.short_description = "口令"  # type: ignore[attr-defined]


class ShelfAdmin(RecordAdmin[Shelf]):
    search_fields = ("name", "code")


site.register(Loan, LoanAdmin)
site.register(Damage, DamageAdmin)
site.register(Notice, NoticeAdmin)
site.register(Shelf, ShelfAdmin)
