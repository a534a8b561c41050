"""Requests on the desk: income and opening balances are asked for here, reversals on the posting's page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path

from union_portal.accounts.requests import account_of
from union_portal.accounts.views import give_paper
from union_portal.base.admin import Block, RecordAdmin, display, object_action, refused_by
from union_portal.base.money import grouped
from union_portal.base.states import Move
from welfare.posting_requests import services
from welfare.posting_requests.enums import RequestKind
from welfare.posting_requests.forms import IncomeForm, OpeningForm
from welfare.posting_requests.models import PostingRequest


@admin.register(PostingRequest)
class PostingRequestAdmin(RecordAdmin[PostingRequest]):
    """One of finance asks, another person approves."""

    list_display = ("about", "fund", "requested_by", "requested_at", "state_shown", "yuan")
    export_also = ("kind", "document", "posting")
    list_filter = ("state", "kind", "fund", "requested_by")
    search_fields = ("document", "payer", "reason", "=amount")
    list_select_related = ("fund", "requested_by", "posting__book")
    fields = (
        *("kind", "fund", "account", "yuan", "occurred_on", "payer", "reason", "document", "scan", "posted_on"),
        *("requested_by", "requested_at", "decided_by", "posting"),
    )
    readonly_fields = fields
    date_hierarchy = "requested_at"
    change_form_outer_before_template = "welfare/posting_requests/request.html"
    actions_list: ClassVar[Sequence[Any]] = ("ask_income", "ask_opening")
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "approve": services.approve,
        "decline": services.decline,
        "withdraw": services.withdraw,
        "reverse": None,
    }

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Each kind has a form of its own."""
        return False

    @display(description="事项", ordering="kind")
    def about(self, asked: PostingRequest) -> str:
        return f"{asked.get_kind_display()}：{asked.payer or asked.reason or asked.document}"

    @display(description="金额（元）", ordering="amount")
    def yuan(self, asked: PostingRequest) -> str:
        return grouped(asked.amount)

    def get_fields(self, request: HttpRequest, obj: PostingRequest | None = None) -> Any:
        """Leave out what this kind of request does not say, and what is not decided yet."""
        names = super().get_fields(request, obj)
        return [name for name in names if obj is None or name == "yuan" or getattr(obj, name)]

    def blocks(self, request: HttpRequest, step: Move, subject: PostingRequest) -> Block | None:
        """Let one ask and another decide; what was reversed meanwhile can only be declined."""
        check = services.may_withdraw if step.action == "withdraw" else services.may_decide
        block = refused_by(check, asked=subject, actor=account_of(request))
        return block or (refused_by(services.must_stand, asked=subject) if step.action == "approve" else None)

    def step_says(self, step: Move, subject: PostingRequest) -> str:  # noqa: ARG002
        """Say what will be posted."""
        count = f"，{subject.entries.count():,} 笔明细" if subject.kind == RequestKind.REVERSAL else ""
        return f"{subject}{count}，记账日期 {subject.posted_on}。"

    def above_form(self, request: HttpRequest, subject: PostingRequest) -> dict[str, Any]:
        """List the entries that are to be reversed, with the way to them."""
        del request
        entries = subject.entries.select_related("entry__account", "entry__fund", "entry__posting__book")
        return {"posting_request": subject, "requested_entries": list(entries[:50]), "count": entries.count()}

    @object_action(
        description="登记收入",
        permission="welfare.enter_postingrequest",
        form=IncomeForm,
        confirmation=lambda *_args: "提交后由另一人批准，批准后记入台账。",
        icon="add_card",
        primary=True,
    )
    def ask_income(self, request: HttpRequest, subject: None, **told: Any) -> HttpResponseBase:  # noqa: ARG002
        """Go to the request, which waits for a second person."""
        made = services.request_income(actor=account_of(request), **told)
        response: HttpResponseBase = redirect("admin:welfare_postingrequest_change", made.pk)
        return response

    @object_action(
        description="登记期初结余",
        permission="welfare.enter_postingrequest",
        form=OpeningForm,
        confirmation=lambda *_args: "每个资金来源登记一次。提交后由另一人批准，批准后可查看资金结余。",
        icon="savings",
    )
    def ask_opening(self, request: HttpRequest, subject: None, **told: Any) -> HttpResponseBase:  # noqa: ARG002
        """Go to the request, which waits for a second person."""
        made = services.request_opening(actor=account_of(request), **told)
        response: HttpResponseBase = redirect("admin:welfare_postingrequest_change", made.pk)
        return response

    def get_urls(self) -> list[Any]:
        """Add the door of the scan."""
        view = self.admin_site.admin_view(self.scan_view)
        return [path("<int:pk>/scan/", view, name="welfare_postingrequest_scan"), *super().get_urls()]

    def scan_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give the scan to whoever may see the request; logged."""
        found = self.subject_or_404(request, str(pk))
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return give_paper(request, found.scan)
