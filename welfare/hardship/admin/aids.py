"""Aids on the desk: proposed against the file's standards, approved by a second person, paid by finance."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import RangeDateFilter

from union_portal.accounts.requests import account_of
from union_portal.base.admin import Block, RecordAdmin, display, refused_by
from union_portal.base.money import grouped
from union_portal.base.states import Move
from welfare.hardship.models import HardshipAid, HardshipFile
from welfare.hardship.services import aids


@admin.register(HardshipAid)
class HardshipAidAdmin(RecordAdmin[HardshipAid]):
    list_display = ("person", "kind", "payer", "given_on", "state_shown", "yuan")
    export_also = ("branch", "asked_on", "document", "source")
    list_filter = ("state", "kind", "payer", "branch", ("given_on", RangeDateFilter))
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    list_select_related = ("person", "branch")
    fields = (
        *("person", "file", "kind", "payer", "amount", "asked_on", "reason", "document"),
        *("objections", "given_on", "fund", "account", "source", "prepared_by", "approved_by"),
    )
    date_hierarchy = "asked_on"
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "approve": aids.approve,
        "decline": aids.decline,
        "pay": aids.pay,
        "cancel": aids.cancel,
        "unpay": None,
    }

    @display(description="金额（元）", ordering="amount")
    def yuan(self, aid: HardshipAid) -> str:
        return grouped(aid.amount)

    def get_fields(self, request: HttpRequest, obj: HardshipAid | None = None) -> Any:
        """Ask a new aid for what it is; what follows is said by its steps."""
        del request
        later = [name for name in self.fields[8:] if obj is not None and getattr(obj, name)]
        return [*self.fields[:8], *later]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill in today, and the person of the file that the form was opened from."""
        found: dict[str, Any] = super().get_changeform_initial_data(request)
        key = str(found.get("file", ""))
        seen = HardshipFile.objects.visible_to(account_of(request))
        file = seen.filter(pk=key).first() if key.isdecimal() else None
        known = {"person": file.person_id} if file is not None else {}
        return {"asked_on": f"{timezone.localdate()}", **known, **found}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An aid that was proposed changes by its steps."""
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: HardshipAid, form: Any, change: bool) -> None:  # noqa: ARG002
        """Propose it through the service, which asks the standards."""
        aids.propose(aid=obj, actor=account_of(request))

    def blocks(self, request: HttpRequest, step: Move, subject: HardshipAid) -> Block | None:
        """Let no button lead to a refusal."""
        actor = account_of(request)
        if step.action in {"approve", "decline"}:
            return refused_by(aids.may_approve, aid=subject, actor=actor)
        if step.action == "pay":
            return refused_by(aids.may_pay, aid=subject, actor=actor)
        return refused_by(aids.may_cancel, aid=subject) if step.action == "cancel" else None

    def step_says(self, step: Move, subject: HardshipAid) -> str:
        """Say what is approved, with what the standards object to and how it was answered."""
        words = f"{subject}，{subject.get_payer_display()}。"
        if subject.objections and step.action == "approve":
            words += (
                f"标准提示：{''.join(subject.objections.splitlines())}理由：{subject.reason}（{subject.document}）。"
            )
        return words
