"""Grants one by one: entered, judged, approved, paid."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, adopt, display, object_action
from union_portal.base.forms import OnForm, ReasonForm
from union_portal.base.spreadsheets.columns import Classification
from welfare.benefits.enums import GRAVE
from welfare.books.models import Fund
from welfare.cases import services as cases
from welfare.cases.forms import PayForm, ReturnForm
from welfare.grants.admin.history import STYLES, grant_timeline, round_address
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.portal import orphaned
from welfare.rounds.services import handing_out, payment, people


class OrphanedFilter(admin.SimpleListFilter):
    """Open grants of people who have left or died."""

    title = "领取人"
    parameter_name = "orphaned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer the one question."""
        return [("yes", "已离会或去世")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        if self.value() == "yes":
            return queryset.filter(pk__in=orphaned(on=timezone.localdate()).values("pk"))
        return queryset


def _in_words(grant: Grant) -> str:
    amount = f"{grant.amount:,.2f}" if grant.amount is not None else "—"
    return f"{grant.person}：{grant.benefit}，{amount} 元，{grant.get_form_display()}。"


def _says(_admin: Any, _request: HttpRequest, grant: Grant) -> str:
    return _in_words(grant)


def _state(*states: GrantState, single: bool | None = None) -> Any:
    def offered(grant: Grant) -> bool:
        return grant.state in states and (single is None or single == (grant.round_id is None))

    return offered


@admin.register(Grant)
class GrantAdmin(PortalModelAdmin[Grant]):
    """Grants; single cases are entered here, judged, approved and paid."""

    export_class = Classification.HEALTH
    list_display = ("person", "benefit", "ground", "granted_on", "form", "amount", "state_shown", "branch")
    list_filter = ("state", OrphanedFilter, "benefit__category", "branch", "form")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    list_select_related = ("person", "benefit", "occasion", "event", "branch")
    date_hierarchy = "granted_on"
    autocomplete_fields = ("benefit",)
    raw_id_fields = ("person", "event")
    fields = ("person", "benefit", "event", "relation", "form", "amount", "granted_on", "source")
    fixed_fields = fields
    change_form_outer_before_template = "welfare/cases/case.html"
    actions_detail = (
        "approve_case",
        "decline_case",
        "pay_case",
        "exclude_person",
        "include_person",
        "return_payment",
        "pay_again",
        "take_back",
        "undo_collect",
    )

    class Media:
        css: ClassVar[dict[str, list[str]]] = STYLES

    @display(description="节日与活动或婚育病丧")
    def ground(self, grant: Grant) -> str:
        """Say what it was given for."""
        return str(grant.occasion or grant.event or "")

    @display(
        description="状态",
        label={"received": "success", "due": "warning", "submitted": "info", "returned": "danger"},
    )
    def state_shown(self, grant: Grant) -> tuple[str, str]:
        """Show the state as a pill."""
        return grant.state, grant.get_state_display()

    def above_form(self, request: HttpRequest, subject: Grant) -> dict[str, Any]:
        """Put the verdict, the warnings and the moves above the form."""
        return {
            "case": subject,
            "verdict": cases.verdict(grant=subject),
            "warnings": subject.warnings.select_related("answered_by", "confirmed_by"),
            "moves": grant_timeline(
                subject,
                with_round=subject.round is not None and request.user.has_perm("welfare.view_round", subject.round),
            ),
            "grave": self.is_mourning(subject),
        }

    def is_mourning(self, subject: Grant) -> bool:
        """Death and illness."""
        return subject.benefit.category in GRAVE

    def back_from_step(self, subject: Grant) -> str | None:
        """Lead back to the roster, where the next person waits; a single case has only its own page."""
        return round_address(subject.round_id, "roster") if subject.round_id else None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A grant moves by steps, never by editing."""
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Grant, form: Any, change: bool) -> None:  # noqa: ARG002
        """Enter the case through the service."""
        data = form.cleaned_data
        made = cases.enter(
            person=obj.person,
            benefit=obj.benefit,
            event=data["event"],
            actor=account_of(request),
            amount=data["amount"],
            form=data["form"],
            relation=data["relation"],
            granted_on=data["granted_on"],
            source=data["source"],
        )
        adopt(obj, made)

    def get_form(self, request: HttpRequest, obj: Grant | None = None, change: bool = False, **kwargs: Any) -> Any:
        """A case hangs on a life event; the amount may be the rule's standard."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if obj is None and "event" in form.base_fields:
            form.base_fields["event"].required = True
            form.base_fields["amount"].help_text = "留空则取慰问标准。"
        return form

    @object_action(
        description="审批通过",
        permission="welfare.approve_grant",
        confirmation=_says,
        offered=_state(GrantState.SUBMITTED),
        primary=True,
        icon="task_alt",
    )
    def approve_case(self, request: HttpRequest, subject: Grant) -> str:
        """Approve."""
        cases.approve(subject=subject, actor=account_of(request))
        return "已审批，可以发放。"

    @object_action(
        description="不予通过",
        permission="welfare.approve_grant",
        form=ReasonForm,
        confirmation=_says,
        offered=_state(GrantState.SUBMITTED),
        grave=True,
        icon="block",
    )
    def decline_case(self, request: HttpRequest, subject: Grant, reason: str) -> str:
        """Decline."""
        cases.decline(subject=subject, actor=account_of(request), why=reason)
        return "该慰问不予通过。"

    @object_action(
        description="登记发放",
        permission="welfare.pay_round",
        form=PayForm,
        confirmation=_says,
        offered=_state(GrantState.DUE, GrantState.RETURNED, single=True),
        primary=True,
        icon="payments",
    )
    def pay_case(self, request: HttpRequest, subject: Grant, on: dt.date, fund: Fund) -> str:
        """Pay into the ledger, once."""
        posting = cases.pay(subject=subject, fund=fund, on=on, actor=account_of(request))
        return f"已发放，台账单 {posting}。" if posting else "已发放。"

    @object_action(
        description="剔出名册",
        permission="welfare.prepare_round",
        form=ReasonForm,
        confirmation=_says,
        offered=_state(GrantState.LISTED),
        icon="person_remove",
    )
    def exclude_person(self, request: HttpRequest, subject: Grant, reason: str) -> str:
        """Exclude."""
        people.exclude(subject=subject, actor=account_of(request), why=reason)
        return f"已将 {subject.person} 剔出名册。"

    @object_action(
        description="重新列入",
        permission="welfare.prepare_round",
        form=ReasonForm,
        confirmation=_says,
        offered=_state(GrantState.EXCLUDED),
        icon="person_add",
    )
    def include_person(self, request: HttpRequest, subject: Grant, reason: str) -> str:
        """Include."""
        people.include(subject=subject, actor=account_of(request), why=reason)
        return f"已将 {subject.person} 重新列入名册。"

    @object_action(
        description="登记退票",
        permission="welfare.pay_round",
        form=ReturnForm,
        confirmation=_says,
        offered=lambda grant: grant.state == GrantState.RECEIVED and grant.form == "cash",
        grave=True,
        icon="undo",
    )
    def return_payment(self, request: HttpRequest, subject: Grant, reason: str, on: dt.date) -> str:
        """Reverse that one entry."""
        step = cases.return_payment if subject.round_id is None else payment.return_payment
        step(subject=subject, on=on, why=reason, actor=account_of(request))
        return "已登记退票，该笔台账已冲销。"

    @object_action(
        description="重新发放",
        permission="welfare.pay_round",
        form=OnForm,
        confirmation=_says,
        offered=_state(GrantState.RETURNED, single=False),
        primary=True,
        icon="payments",
    )
    def pay_again(self, request: HttpRequest, subject: Grant, on: dt.date) -> str:
        """Pay again."""
        posting = payment.pay_again(subject=subject, on=on, actor=account_of(request))
        return f"已发放，台账单 {posting}。"

    @object_action(
        description="取消并冲回",
        permission="welfare.pay_round",
        form=ReturnForm,
        confirmation=_says,
        offered=_state(GrantState.DUE, GrantState.RETURNED, GrantState.RECEIVED),
        grave=True,
        icon="cancel",
    )
    def take_back(self, request: HttpRequest, subject: Grant, reason: str, on: dt.date) -> str:
        """Cancel it."""
        step = cases.take_back if subject.round_id is None else payment.take_back
        step(subject=subject, on=on, why=reason, actor=account_of(request))
        return "该笔慰问已取消。"

    @object_action(
        description="撤销领取",
        permission="welfare.collect_round",
        form=ReasonForm,
        confirmation=_says,
        offered=lambda grant: grant.state == GrantState.RECEIVED and grant.form != "cash" and grant.round_id,
        icon="remove_done",
    )
    def undo_collect(self, request: HttpRequest, subject: Grant, reason: str) -> str:
        """Undo the mark."""
        handing_out.undo_collect(subject=subject, actor=account_of(request), why=reason)
        return "已撤销领取标记。"
