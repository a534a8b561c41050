"""The steps of a round after approval: post, buy, collect, pay out, print, supplement, close."""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from procrastinate.contrib.django import app

from members.branches.models import Branch
from members.people.models import Person
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of, network_address
from union_portal.accounts.services.access import log_access
from union_portal.base.admin import object_action
from union_portal.base.forms import DayForm
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.benefits.enums import Form
from welfare.grants.models import Round
from welfare.purchases import services as purchases
from welfare.purchases.forms import BuyForm
from welfare.rounds.admin.preparing import (
    APPROVED,
    CLOSED,
    GOODS,
    LOCKED,
    SUBMITTED,
    offered_in,
    says_due,
    says_open,
    says_posting,
)
from welfare.rounds.forms import CloseForm, CollectForm, PayoutForm, SheetsForm, SupplementForm
from welfare.rounds.services import drafting, handing_out, payment, reconciling, sheets

PAYOUT_HEADINGS = ("工号", "姓名", "分工会", "开户行", "银行卡号", "金额（元）", "备注")


def _to_be_posted(round_: Round) -> bool:
    by_roster = round_.state == APPROVED and round_.benefit.form in {Form.CASH, Form.COUPON}
    return by_roster and not payment.posted(round_=round_)


class RoundHandingOut:
    """The steps from approval on."""

    @object_action(
        description="记入台账",
        permission="welfare.pay_round",
        form=DayForm,
        confirmation=says_posting,
        offered=_to_be_posted,
        primary=True,
    )
    def post_roster(self, request: HttpRequest, subject: Round, on: dt.date) -> str:
        """Post the roster, once; cash counts as received."""
        posting = payment.post_roster(round_=subject, on=on, actor=account_of(request))
        return "已记台账单 {posting}：{count} 笔，共 {total} 元。".format(
            posting=posting,
            count=f"{posting.entry_count:,}",
            total=f"{posting.total:,.2f}",
        )

    @object_action(
        description="登记发票",
        permission="welfare.pay_round",
        form=BuyForm,
        offered=offered_in(APPROVED, CLOSED, form=GOODS),
    )
    def buy(self, request: HttpRequest, subject: Round, **data: Any) -> str:
        """Record and post an invoice."""
        bought = purchases.buy(round_=subject, actor=account_of(request), **data)
        return f"已记台账单 {bought.posting}。"

    @object_action(
        description="登记领取",
        permission="welfare.collect_round",
        form=CollectForm,
        confirmation=says_due,
        offered=offered_in(APPROVED, form=(*GOODS, Form.COUPON)),
        primary=True,
    )
    def collect(
        self, request: HttpRequest, subject: Round, on: dt.date, branch: Branch | None, received_by: Person | None
    ) -> str:
        """Mark a branch or everybody."""
        count = handing_out.collect(
            round_=subject, on=on, branch=branch, received_by=received_by, actor=account_of(request)
        )
        return "已登记 {count} 人领取。".format(count=f"{count:,}")

    @object_action(
        description="导出银行代发表",
        permission="welfare.export_payout",
        form=PayoutForm,
        confirmation=says_due,
        offered=offered_in(APPROVED, form=(Form.CASH,)),
    )
    def export_payout(self, request: HttpRequest, subject: Round, purpose: str, *, paid_too: bool) -> HttpResponseBase:
        """Give the list with full card numbers, logged."""
        lines = payment.payout_list(round_=subject, paid_too=paid_too)
        log_access(
            user=account_of(request),
            action=Access.EXPORT,
            kind="welfare.round",
            subject=str(subject.pk),
            data_class=DataClass.IDENTITY,
            purpose=purpose,
            rows=len(lines),
            address=network_address(request),
        )
        content = write_xlsx(
            headings=PAYOUT_HEADINGS,
            rows=[
                (
                    line.staff_number,
                    line.name,
                    line.branch,
                    line.bank,
                    line.card,
                    Decimal(line.amount),
                    "" if line.card else "登记信息中无银行卡号",
                )
                for line in lines
            ],
            title="银行代发表",
        )
        response = HttpResponse(content, content_type=XLSX_TYPE)
        response["Content-Disposition"] = f'attachment; filename="payout-{subject.pk}.xlsx"'
        return response

    @object_action(
        description="生成签收表",
        permission="welfare.view_round",
        form=SheetsForm,
        offered=offered_in(LOCKED, SUBMITTED, APPROVED),
    )
    def make_sheets(self, request: HttpRequest, subject: Round, branch: Branch | None) -> str:
        """Ask the worker for the sheets."""
        paper = sheets.ask_for_sheets(round_=subject, actor=account_of(request), branch=branch)
        transaction.on_commit(partial(app.configure_task("welfare.render_sheets").defer, paper_id=paper.pk))
        return "签收表正在生成，页面会显示进度。"

    @object_action(
        description="建立补发批次",
        permission="welfare.prepare_round",
        form=SupplementForm,
        offered=offered_in(APPROVED, CLOSED),
    )
    def supplement(
        self, request: HttpRequest, subject: Round, cut_off_on: dt.date, price_rise: bool
    ) -> HttpResponseBase:
        """Begin it and go there."""
        made = drafting.supplement(
            parent=subject, cut_off_on=cut_off_on, price_rise=price_rise, actor=account_of(request)
        )
        response: HttpResponse = redirect("admin:welfare_round_change", made.pk)
        return response

    @object_action(
        description="办结批次",
        permission="welfare.prepare_round",
        form=CloseForm,
        confirmation=says_open,
        offered=offered_in(APPROVED),
    )
    def close(self, request: HttpRequest, subject: Round, explanation: str) -> str:
        """Close it."""
        reconciling.close(round_=subject, actor=account_of(request), explanation=explanation)
        return "批次已办结。"
