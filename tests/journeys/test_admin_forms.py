"""Every form of the desk: the add and the change page of each registered model is open to everybody."""

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from members.admissions.models import Admission
from members.branches.enums import BranchKind, Position
from members.branches.services import offices
from members.dues.models import DuesLine
from members.totals import services as totals
from tests.factories import approvals, hardship, health_checks, ledger, recuperation, rounds, samples
from tests.factories import members as make
from tests.factories.rows import row
from tests.journeys.browsing import Browsers
from tests.journeys.looking import faults_of
from tests.journeys.people import member_with_benefits
from union_portal.accounts.enums import Access, AskedStep, Role
from union_portal.accounts.models import User
from union_portal.accounts.services import delegate, log_access, requests
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.base.periods import Period
from union_portal.base.steps import record
from union_portal.home.leaving.services import asking
from welfare.assets.models import Asset, AssetCount
from welfare.audit.models import AuditFinding, DuesTopUp
from welfare.cases.models import ReturnReason
from welfare.claims.models import Claim, ClaimPaperKind, ClaimRule
from welfare.consumption.models import AssistanceTarget
from welfare.donations.models import Donation, DonationReceipt, DonationUse
from welfare.grants.models import RuleWarning
from welfare.group_buys.models import GroupBuy
from welfare.life_events.enums import EventKind
from welfare.life_events.models import ConditionGroup, LifeEvent
from welfare.life_events.services import record_event
from welfare.procurement.models import AidRegion, GoodsMove, Invoice, ProcurementThreshold, Quote
from welfare.retirees.models import Retiree
from welfare.service_records.models import ServiceRecord
from welfare.visits.models import Visit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.heavy,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("one_factor"),
]
# Of these apps every model has a row to look at below; what is registered later joins here.
SAMPLED = ("accounts", "members", "welfare", "annual_report", "congress")
LONG_AGO = dt.date(2022, 1, 1)


@pytest.fixture
def everybody() -> User:
    """Return an account that holds every role, with something in every list."""
    today = timezone.localdate()
    person = member_with_benefits()
    group = make.branch(kind=BranchKind.GROUP, founded_on=LONG_AGO)
    term = offices.start_term(branch=group, began_on=LONG_AGO, ends_on=today + dt.timedelta(days=30))
    offices.elect(person=person, term=term, position=Position.CHAIR)
    record(Admission(person=make.person(), applied_on=today, branch=group), actor=None)
    record_event(event=LifeEvent(kind=EventKind.WEDDING, whose=person, occurred_on=today), actor=None)
    ConditionGroup.objects.create(code="01", name="呼吸系统")
    totals.record_summary(kinds=["welfare.wedding"], period_start=LONG_AGO, period_end=LONG_AGO, source="旧表", heads=3)
    approvals.paper()
    RuleWarning.objects.create(round=rounds.draft(), code="over_cap", detail="单价高于标准", heads=1)
    ledger.posting(ledger.open_book(2024), source_key="one")
    ledger.asked_income()
    ledger.adjusted()
    hardship.one_of_each(person)
    user = make.account_with_role(*Role)
    delegate(
        delegator=user,
        delegate=make.account(),
        role=Role.CHAIR,
        valid_from=today,
        valid_to=today,
        document="工会〔2024〕7号",
    )
    requests.ask(user=make.account_with_role(Role.AUDIT), step=AskedStep.CLOSE, reason="离职", actor=user)
    asking.ask(reason="更换平台", actor=user)
    log_access(user=user, action=Access.DOWNLOAD, kind="annual_report.annualreport", subject="1")
    year = Period.year(today.year)
    start_report(outline=Outline.objects.get(code="speech"), period=year, actor=None)
    samples.congress(handler=user)
    health_checks.whole(person=person)
    recuperation.whole(person=person)
    for model in (
        ClaimRule,
        ClaimPaperKind,
        Claim,
        ConditionGroup,
        ReturnReason,
        ServiceRecord,
        Donation,
        DonationReceipt,
        DonationUse,
        GroupBuy,
        ProcurementThreshold,
        Quote,
        Invoice,
        GoodsMove,
        AidRegion,
        AssistanceTarget,
        Visit,
        AuditFinding,
        DuesTopUp,
        Retiree,
        DuesLine,
        Asset,
        AssetCount,
    ):
        row(model)
    return user


def forms_of(shown: ModelAdmin[Any], request: HttpRequest) -> list[str]:
    """Return the addresses of the model's add page, if there is one, and of a row's page."""
    opts = shown.opts
    row = shown.model._default_manager.order_by("pk").last()
    name = f"admin:{opts.app_label}_{opts.model_name}"
    found = [reverse(f"{name}_add")] if shown.has_add_permission(request) else []
    return found + ([reverse(f"{name}_change", args=[row.pk])] if row is not None else [])


def test_every_form_of_the_desk_is_open_to_everybody_and_speaks_chinese(
    browsers: Browsers, everybody: User, rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.user = everybody
    kept = [model for model in admin.site._registry if model._meta.app_label in SAMPLED]
    rowless = [model._meta.label for model in kept if not model._default_manager.exists()]
    assert not rowless, "make one of each in this test"
    addresses = [address for shown in admin.site._registry.values() for address in forms_of(shown, request)]
    found = faults_of(browsers.window(user=everybody), addresses)
    assert not found, "\n".join(found)
