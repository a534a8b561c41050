"""Grants one by one: entered, judged, approved, paid."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from unfold.contrib.filters.admin import RangeDateFilter

from union_portal.accounts.enums import DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.views import give_paper
from union_portal.base.admin import Block, OwnPageAdmin, RecordAdmin, block_of, display, object_action, refused_by
from union_portal.base.admin.filters import Question, year_of
from union_portal.base.errors import Refused
from union_portal.base.forms import OnForm
from union_portal.base.spreadsheets.columns import Classification
from union_portal.base.states import Move
from welfare.approvals.forms import PaperApprovalForm
from welfare.approvals.models import PaperApproval
from welfare.benefits.enums import Form
from welfare.books.models import Fund
from welfare.case_desk.admin.blocks import BLOCKS
from welfare.case_desk.admin.page import context, seen_words
from welfare.case_desk.admin.papers import PaperPages
from welfare.case_desk.admin.registering import RegisteringPages
from welfare.case_desk.forms import DecideForm, PayForm, evidence_form, recorded_form, return_form
from welfare.cases import services as cases
from welfare.cases.models import Evidence
from welfare.cases.services.evidence import checklist
from welfare.cases.services.telling import what
from welfare.grants.admin.history import round_address
from welfare.grants.enums import OPEN, GrantState
from welfare.grants.models import Grant
from welfare.grants.services.departed import says_departed, to_look_at
from welfare.grants.services.paying import FROM_ROSTER, live_entries
from welfare.grants.services.recorded import post_recorded
from welfare.rounds.services import handing_out, payment, people


class SinglyFilter(Question):
    """Whether somebody was given by oneself, or with many in a round."""

    title = "发放方式"
    parameter_name = "singly"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        return [("yes", "单项慰问"), ("no", "随批次发放")]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Keep what the answer says."""
        return queryset.filter(round__isnull=self.value() == "yes") if self.value() in {"yes", "no"} else queryset


class OrphanedFilter(Question):
    """Open grants of people who have left or died."""

    title = "领取人"
    parameter_name = "orphaned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        return [("yes", "已离会或去世")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        if self.value() == "yes":
            return queryset.filter(pk__in=to_look_at().values("pk"))
        return queryset


def _moves_money(grant: Grant) -> bool:
    """Whether handing over or giving up writes into the ledger."""
    if grant.state in {GrantState.DUE, GrantState.RETURNED} and grant.form in FROM_ROSTER:
        return True
    return bool(live_entries([grant.pk]))


def _by_finance(grant: Grant, actor: Any) -> None:
    if _moves_money(grant) and not actor.has_perm("welfare.pay_round"):
        raise Refused("这一步要记入台账，请由财务办理。")


def _cancel(*, subject: Grant, actor: Any, **values: Any) -> None:
    """Let whoever handed goods over give them up; what stands in the ledger is finance's."""
    if live_entries([subject.pk]):
        _by_finance(subject, actor)
    _either(cases.take_back, payment.take_back)(subject=subject, actor=actor, **values)


def _pay(*, subject: Grant, on: dt.date, actor: Any, fund: Fund | None = None) -> None:
    """Pay a single case from the fund that was chosen, somebody on a roster again from the round's own."""
    _by_finance(subject, actor)
    if subject.round_id is None:
        cases.pay(subject=subject, fund=fund, on=on, actor=actor)
    else:
        payment.pay_again(subject=subject, on=on, actor=actor)


def _approve(*, subject: Grant, actor: Any, warnings_seen: bool = False, **seen: bool) -> None:
    why = seen_words({**seen, "warnings_seen": warnings_seen}, uploaded=subject.evidence.exists())
    cases.approve(subject=subject, actor=actor, why=why, warnings_seen=warnings_seen)


def _either(single: Callable[..., Any], on_roster: Callable[..., Any]) -> Callable[..., Any]:
    def service(*, subject: Grant, **values: Any) -> Any:
        return (on_roster if subject.round_id else single)(subject=subject, **values)

    return service


# What a step needs besides the state; a person on a roster is paid with the round, and alone only again.
NEEDS: Mapping[str, Callable[[Grant], bool]] = {
    "receive": lambda grant: grant.round_id is None or grant.state == GrantState.RETURNED,
    "undo_receive": lambda grant: grant.round_id is not None and grant.form != Form.CASH,
    "return": lambda grant: grant.form == Form.CASH,
    "register_paper": lambda grant: cases.takes_paper(grant=grant),
}


# What an approver decides about one case after looking at it, and what its own page asks.
_ONE_BY_ONE = ("confirm", "approve", "decline", "send_back", "withdraw", "register_paper", "cancel", "return")


@admin.register(Grant)
class GrantAdmin(RegisteringPages, PaperPages, OwnPageAdmin[Grant], RecordAdmin[Grant]):
    """Grants; single cases are entered here, judged, approved and paid."""

    page_template = "welfare/case_desk/case.html"
    export_class = Classification.HEALTH
    list_display = ("person", "benefit", "ground", "granted_on", "amount", "state_shown")
    export_also = ("form", "branch")
    list_filter = (
        "state",
        year_of("granted_on"),
        SinglyFilter,
        OrphanedFilter,
        "benefit__category",
        "branch",
        ("granted_on", RangeDateFilter),
    )
    # A bar of years would read every grant for each page.
    date_hierarchy = None
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    list_select_related = ("person", "benefit", "occasion", "event", "branch")
    actions_list: ClassVar[Sequence[Any]] = ("take_table", "post_recorded")
    actions_detail: ClassVar[Sequence[Any]] = ("check_evidence", "print_form", "print_dossier")
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "release": None,
        "unpay": None,
        "collect": None,
        "acknowledge": None,
        # Taken on the page where a case is told.
        "apply": None,
        "report": None,
        "submit": None,
        "confirm": cases.confirm,
        "withdraw": cases.withdraw,
        "send_back": cases.send_back,
        "approve": _approve,
        "decline": cases.decline,
        "receive": _pay,
        "exclude": people.exclude,
        "include": people.include,
        "undo_receive": handing_out.undo_collect,
        "return": _either(cases.return_payment, payment.return_payment),
        "cancel": _cancel,
        "register_paper": cases.register_paper,
    }

    @display(description="事由")
    def ground(self, grant: Grant) -> str:
        return str(grant.occasion or grant.event or "")

    def page_parts(self, request: HttpRequest, subject: Grant, buttons: list[dict[str, Any]]) -> dict[str, Any]:
        """Show the grant, and to whoever decides or pays the form to do so."""
        return context(self, request, subject, buttons)

    def get_urls(self) -> list[Any]:
        """Add the page that fills a case in anew, and the door of its evidence."""
        amend, evidence = (self.admin_site.admin_view(view) for view in (self.amend_view, self.evidence_view))
        return [
            path("<path:object_id>/amend/", amend, name="welfare_grant_amend"),
            path("evidence/<int:paper_id>/", evidence, name="welfare_grant_evidence"),
            *super().get_urls(),
        ]

    def evidence_view(self, request: HttpRequest, paper_id: int) -> HttpResponseBase:
        """Give a paper to whoever may see the case it came with; logged."""
        found = get_object_or_404(Evidence.objects.select_related("grant"), pk=paper_id)
        self.seen(request, str(found.grant_id))
        return give_paper(request, found.scan, data_class=DataClass.HEALTH)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer for many rows only what needs no look at each."""
        found = super().get_actions(request)
        return {name: action for name, action in found.items() if name.removeprefix("all_") not in _ONE_BY_ONE}

    def is_mourning(self, subject: Grant) -> bool:
        """Death and illness."""
        return subject.benefit.grave

    def back_from_step(self, subject: Grant) -> str | None:
        """Lead back to the roster, where the next person waits; a single case has only its own page."""
        return round_address(subject.round_id, "roster") if subject.round_id else None

    @object_action(
        description="核对材料",
        permission="welfare.enter_grant",
        form=evidence_form,
        offered=lambda grant: grant.round_id is None and grant.state in OPEN and bool(checklist(grant)),
        confirmation=lambda *_args: "核对标准要求的证明材料：看过原件的勾选“原件已核”，留存复印件的勾选“复印件已留”。",
        icon="fact_check",
    )
    def check_evidence(self, request: HttpRequest, subject: Grant, **ticks: bool) -> str:
        """Note what was seen and kept."""
        asked = checklist(subject)
        checks = {one.item: (ticks[f"original_{n}"], ticks[f"copy_{n}"]) for n, one in enumerate(asked)}
        cases.check_evidence(subject=subject, checks=checks, actor=account_of(request))
        return f"已核对 {sum(original for original, _copy in checks.values()):,} 件原件，共 {len(asked):,} 件材料。"

    @object_action(
        description="补录记账",
        permission="welfare.post_recorded",
        form=recorded_form,
        confirmation=lambda *_args: "将把所选线下审批名下待记台账的慰问记录逐年记入台账。",
        icon="receipt_long",
    )
    def post_recorded(self, request: HttpRequest, subject: None, paper: PaperApproval, posted_on: dt.date) -> str:  # noqa: ARG002
        """Say which postings were made."""
        made = post_recorded(paper=paper, posted_on=posted_on, actor=account_of(request))
        return f"已记台账单 {'、'.join(map(str, made))}。"

    def offers(self, step: Move, subject: Grant) -> bool:
        """Ask besides the state how and with whom it is given."""
        needed = NEEDS.get(step.action)
        return super().offers(step, subject) and (needed is None or needed(subject))

    def blocks(self, request: HttpRequest, step: Move, subject: Grant) -> Block | None:
        """Ask the services' own checks; leave to finance what moves money."""
        if step.action == "receive" or (step.action == "cancel" and live_entries([subject.pk])):
            return refused_by(_by_finance, grant=subject, actor=request.user)
        return block_of(BLOCKS, step.action, subject, request.user)

    def step_says(self, step: Move, subject: Grant) -> str:  # noqa: ARG002
        """Say for whom, what and how much."""
        return f"{what(subject)}。{says_departed(grant=subject)}"

    def step_form(self, request: HttpRequest, step: Move, subject: Grant | None) -> type[forms.Form]:
        """Ask for the day where money moves, and for the fund of a single case."""
        if step.action in {"register_paper", "approve"}:
            return PaperApprovalForm if step.action == "register_paper" else DecideForm
        if subject is not None and step.action in {"send_back", "decline"}:
            return return_form(subject)
        form = super().step_form(request, step, subject)
        if step.action == "receive":
            return PayForm if subject is None or (subject.round_id is None and subject.form in FROM_ROSTER) else OnForm
        return type("StepForm", (form, OnForm), {}) if step.action in {"return", "cancel"} else form
