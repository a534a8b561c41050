"""Mutual-aid plans and covers on the desk."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, ReadOnlyModelAdmin, object_action
from union_portal.base.errors import DomainError
from welfare.books.models import Fund
from welfare.mutual_aid import services as mutual_aid
from welfare.mutual_aid.forms import EnrolForm, EnrolmentForm, in_words, premium_form
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rosters.resources import read_people

SEAL = "welfare.enrolment"
KEPT_SECONDS = 3600


def _says_premium(_admin: Any, _request: HttpRequest, plan: MutualAidPlan) -> str:
    terms = "；".join(in_words(term) for term in mutual_aid.open_terms(plan=plan))
    return f"尚未入账：{terms}。" if terms else "保费均已入账。"


def _is_open(plan: MutualAidPlan) -> bool:
    return bool(mutual_aid.open_terms(plan=plan))


@admin.register(MutualAidPlan)
class MutualAidPlanAdmin(PortalModelAdmin[MutualAidPlan]):
    """Plans."""

    list_display = ("name", "insurer", "months", "premium", "payer", "only_gender", "active")
    list_filter = ("active", "payer")
    search_fields = ("name", "code")
    list_select_related = ("account",)
    code_field = "code"
    actions_detail: ClassVar[tuple[str, ...]] = ("enrol_list", "confirm_enrolment", "post_premium")

    @object_action(
        description="按名单参保",
        permission="welfare.import_cover",
        form=EnrolForm,
        offered=lambda plan: plan.active,
        icon="group_add",
    )
    def enrol_list(self, request: HttpRequest, subject: MutualAidPlan, *, file: Any, **term: Any) -> HttpResponseBase:
        """Look at the list and say what it comes to; nothing is kept before it is confirmed."""
        lines = read_people(file=file)
        try:
            with transaction.atomic():
                heads = mutual_aid.enrol(plan=subject, lines=lines, actor=account_of(request), **term)
                transaction.set_rollback(True)
        except DomainError as error:
            error.field = "file" if error.field == "list" else error.field
            raise
        price = subject.premium if term["premium"] is None else term["premium"]
        values = {key: str(value) if value is not None else "" for key, value in term.items()}
        sealed = signing.dumps({"plan": subject.pk, "lines": lines, **values}, salt=SEAL, compress=True)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": subject,
            "title": "确认参保",
            "form": EnrolmentForm(initial={"sealed": sealed}),
            "confirmation": (
                "将为 %(heads)s 人登记“%(plan)s”，%(day)s 起生效，保费合计 %(total)s 元。"
                if price is not None
                else "将为 %(heads)s 人登记“%(plan)s”，%(day)s 起生效；未填保费。"
            )
            % {
                "heads": f"{heads:,}",
                "plan": subject,
                "day": term["starts_on"],
                "total": f"{(price or Decimal(0)) * heads:,.2f}",
            },
            "target": reverse("admin:welfare_mutualaidplan_confirm_enrolment", args=[subject.pk]),
            "back": reverse("admin:welfare_mutualaidplan_change", args=[subject.pk]),
        }
        return TemplateResponse(request, "welfare/mutual_aid/confirm.html", context)

    @object_action(
        description="确认参保",
        permission="welfare.import_cover",
        form=EnrolmentForm,
        offered=lambda _plan: False,
    )
    def confirm_enrolment(self, request: HttpRequest, subject: MutualAidPlan, *, sealed: str) -> str:
        """Enrol the list that was looked at; all or nothing."""
        try:
            kept = signing.loads(sealed, salt=SEAL, max_age=KEPT_SECONDS)
        except signing.BadSignature as error:
            raise DomainError("名单等待时间过长，请重新上传。") from error
        if kept["plan"] != subject.pk:
            raise DomainError("这份名单是为另一项计划上传的，请重新上传。")
        heads = mutual_aid.enrol(
            plan=subject,
            lines=[(number, name) for number, name in kept["lines"]],
            starts_on=dt.date.fromisoformat(kept["starts_on"]),
            paid_on=dt.date.fromisoformat(kept["paid_on"]),
            source=kept["source"],
            premium=Decimal(kept["premium"]) if kept["premium"] else None,
            offline_approval=kept["offline_approval"],
            actor=account_of(request),
        )
        return "已登记 {heads} 人参保。".format(heads=f"{heads:,}")

    @object_action(
        description="保费入账",
        permission="welfare.post_premium",
        form=premium_form,
        confirmation=_says_premium,
        offered=_is_open,
        icon="receipt_long",
        primary=True,
    )
    def post_premium(
        self,
        request: HttpRequest,
        subject: MutualAidPlan,
        *,
        term: mutual_aid.Term,
        fund: Fund,
        posted_on: dt.date,
        offline_approval: str,
    ) -> str:
        """Approve and post a term's premium, once."""
        posting = mutual_aid.approve_premium(
            plan=subject,
            term=term,
            fund=fund,
            posted_on=posted_on,
            actor=account_of(request),
            offline_approval=offline_approval,
        )
        return "已记台账单 {posting}：{count} 笔，共 {total} 元。".format(
            posting=posting,
            count=f"{posting.entry_count:,}",
            total=f"{posting.total:,.2f}",
        )


@admin.register(Cover)
class CoverAdmin(ReadOnlyModelAdmin[Cover]):
    """Who is covered; covers come from lists."""

    list_display = ("person", "plan", "branch", "starts_on", "ends_on", "premium")
    list_filter = ("plan", "branch", "starts_on")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    list_select_related = ("person", "plan", "branch")
    date_hierarchy = "starts_on"
