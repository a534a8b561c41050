"""Terms and their delegations at the desk."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from congress.bodies.admin import RunByUserAdmin
from congress.bodies.enums import Mode
from congress.bodies.forms.shares import ShareField
from congress.bodies.models import Congress
from congress.delegates.enums import Seat
from congress.delegates.forms import elect_form, heads_form
from congress.delegates.models import Delegate, Delegation
from congress.delegates.services import mandates
from congress.delegates.services.composition import composition
from congress.delegates.tasks import LIST
from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, object_action
from union_portal.base.admin.columns import column
from union_portal.base.files import LINES_AT_ONCE, counted, give
from union_portal.base.forms import OnForm
from union_portal.base.querysets import how_many_of, in_force
from union_portal.base.shares import written

_DELEGATES = how_many_of(Delegation, "delegates", Q(valid_to=None, seat=Seat.DELEGATE))


_LEAST = ("min_teachers", "min_women", "min_young")
_SHARES = ("quorum", "majority")


def _written(share: Decimal | None) -> str:
    return written(share) if share is not None else "—"


def _by_delegates(congress: Congress) -> bool:
    return congress.mode == Mode.DELEGATES


@admin.register(Congress)
class CongressAdmin(RunByUserAdmin, RecordAdmin[Congress]):
    """届: dates, shares, quorum; below the form the composition of its delegates."""

    list_display = ("name_shown", "mode", "began_on", "ends_on", "delegates_today", "sessions_held")
    list_filter = ("body", "branch")
    search_fields = ("number", "branch__name")
    list_select_related = ("branch",)
    fixed_fields = ("body", "branch")
    fieldsets = (
        (None, {"fields": (("body", "number"), ("branch", "mode"), ("began_on", "ends_on"), "document")}),
        (
            "代表构成",
            {
                "fields": (_LEAST,),
                "description": "如 60%、三分之二；不作要求的留空。",
            },
        ),
        (
            "到会与通过比例",
            {
                "fields": (
                    ("quorum_numerator", "quorum_denominator", "quorum_bound"),
                    ("majority_numerator", "majority_denominator", "majority_bound"),
                ),
                "description": "表决和选举都按应到人数计算；规定为“三分之二以上”的选“以上”，“过半数”的选“超过”。",
            },
        ),
    )
    change_form_after_template = "congress/delegates/admin/composition.html"
    actions_detail = ("elect", "print_list", "end_term")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Congress]:
        today = timezone.localdate()
        running = Q(seat=Seat.DELEGATE) & in_force(today)
        return (
            super()
            .get_queryset(request)
            .annotate(
                delegates_on=how_many_of(Congress, "delegates", running),
                sittings_held=how_many_of(Congress, "sittings", Q(state__in=["open", "closed"])),
            )
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"min_teachers": "60%", **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Ask for shares as rules write them."""
        if db_field.name in _LEAST:
            return ShareField(label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Congress | None = None) -> Any:
        """Show shares as rules write them to who only reads."""
        found = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return found
        shown = tuple(f"{name}_shown" for name in (*_LEAST, *_SHARES))
        return (*found[:1], ("代表构成、到会与通过比例", {"fields": shown}))

    @admin.display(description="教师比例不低于")
    def min_teachers_shown(self, congress: Congress) -> str:
        return _written(congress.min_teachers)

    @admin.display(description="女性比例不低于")
    def min_women_shown(self, congress: Congress) -> str:
        return _written(congress.min_women)

    @admin.display(description="40岁以下比例不低于")
    def min_young_shown(self, congress: Congress) -> str:
        return _written(congress.min_young)

    @admin.display(description="法定人数")
    def quorum_shown(self, congress: Congress) -> str:
        return congress.quorum_in_words

    @admin.display(description="通过比例")
    def majority_shown(self, congress: Congress) -> str:
        return congress.majority_in_words

    def above_form(self, request: HttpRequest, subject: Congress) -> dict[str, Any]:
        """Put the composition, the delegations and the sittings on the page."""
        del request
        day = min(max(timezone.localdate(), subject.began_on), subject.ends_on)
        return {
            "congress": subject,
            "composition": composition(congress=subject, on=day) if _by_delegates(subject) else None,
            "on": day,
            "delegations": subject.delegations.annotate(delegates_on=_DELEGATES).select_related(
                "head__person", "deputy__person"
            ),
            "sittings": subject.sittings.select_related("session", "congress__branch"),
        }

    @admin.display(description="届", ordering="began_on")
    def name_shown(self, congress: Congress) -> str:
        return str(congress)

    @admin.display(description="现有代表")
    def delegates_today(self, congress: Any) -> str:
        return str(congress.delegates_on) if _by_delegates(congress) else "—"

    sessions_held = column("已开会议", "sittings_held")

    @object_action(
        description="登记代表",
        permission="congress.add_delegate",
        form=elect_form,
        icon="person_add",
        primary=True,
    )
    def elect(self, request: HttpRequest, subject: Congress, **data: Any) -> str:
        made = mandates.elect(congress=subject, actor=account_of(request), **data)
        return f"{made.person}：自 {made.valid_from} 起为{made.get_seat_display()}。"

    @object_action(
        description="打印代表名册",
        permission="congress.view_congress",
        form=OnForm,
        icon="print",
    )
    def print_list(self, request: HttpRequest, subject: Congress, on: dt.date) -> HttpResponseBase:
        asked = {"row": subject.pk, "on": on.isoformat()}
        lines = counted(Delegate.objects.filter(congress=subject).in_force(on=on))
        answer: HttpResponseBase = give(
            request, key=LIST, asked=asked, title=f"代表名册：{subject}", rows=lines, at_once=LINES_AT_ONCE
        )
        return answer

    @object_action(
        description="办理换届",
        permission="congress.change_congress",
        form=OnForm,
        confirmation=lambda _admin, _request, congress: (
            "因新一届已选出，"
            f"{congress}现有 {congress.delegates.filter(valid_to=None).count():,} 名代表的资格到这一天终止。"
        ),
        icon="event_busy",
        grave=True,
    )
    def end_term(self, request: HttpRequest, subject: Congress, on: dt.date) -> str:
        count = mandates.end_term(congress=subject, on=on, actor=account_of(request))
        return f"{count:,} 名代表的资格到 {on} 终止。"


@admin.register(Delegation)
class DelegationAdmin(RunByUserAdmin, RecordAdmin[Delegation]):
    list_display = ("name", "congress", "head", "delegates_today")
    export_also = ("number",)
    list_filter = ("congress",)
    list_select_related = ("congress__branch", "head__person")
    fields = (("congress", "number"), "name", "branches")
    fixed_fields = ("congress",)
    actions_detail = ("name_heads",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delegation]:
        return super().get_queryset(request).annotate(delegates_on=_DELEGATES)

    delegates_today = column("现有代表", "delegates_on")

    @object_action(
        description="确定正副团长",
        permission="congress.change_delegation",
        form=heads_form,
        initial=lambda delegation: {"head": delegation.head_id, "deputy": delegation.deputy_id},
        icon="star",
        primary=True,
    )
    def name_heads(self, _request: HttpRequest, subject: Delegation, **data: Any) -> str:
        mandates.appoint_heads(delegation=subject, **data)
        return f"已登记{subject}的正副团长。"
