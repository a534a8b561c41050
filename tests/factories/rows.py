"""Rows of any model, for tests that walk over every kind: `rows(model, 3)`.

A row is read off its model: unique values, related rows of its own, days in order. Its links that may stay empty are
filled too where the model's constraints let them, so that a list reads as much as it ever will. A model whose rows only
a service makes stands in `_OWN_WAY`, one whose fields hang together in `_FILLED`.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from congress.awards.enums import AwardKind
from congress.awards.models import Award
from congress.departments.models import Department
from congress.elections.models import Election
from congress.petitions import services as petitions
from congress.petitions.enums import PetitionChannel
from congress.petitions.models import Petition
from congress.proposal_reports.models import ProposalReport
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.sessions.models import Session, Sitting
from congress.surveys.enums import Audience, SurveyKind
from congress.surveys.models import Survey
from congress.voting.models import Ballot
from members.admissions.models import Admission
from members.branches.models import Branch
from members.dues.models import DuesLine, DuesRule
from members.people.models import Person
from members.totals.models import SummaryRecord
from tests.factories import (
    accounts,
    attendance,
    claims,
    departments,
    donations,
    elections,
    ledger,
    members,
    papers,
    procurement,
    proposals,
    rounds,
    sessions,
)
from tests.factories import voting as ballots
from union_portal.accounts.models import User
from union_portal.base.steps import begin
from union_portal.home.imports.models import ImportRecord, WordMapping
from union_portal.home.leaving.models import Arrival, Leaving
from welfare.approvals.models import PaperApproval
from welfare.audit.models import Audit, AuditFinding, DuesTopUp
from welfare.balances.models import FundBalance
from welfare.books.models import ChartAccount, FiscalYear, LedgerAccount
from welfare.claims.models import Claim, ClaimRule
from welfare.consumption.models import AssistanceTarget
from welfare.donations.models import Donation, DonationReceipt, DonationUse
from welfare.fund.models import BudgetAdjustment, BudgetLine
from welfare.grants.models import Grant, Round, RuleWarning
from welfare.hardship.enums import AidState
from welfare.hardship.models import HardshipAid, HardshipAidRule, HardshipCost, HardshipFile, HouseholdMember
from welfare.health_checks.models import HealthCheck
from welfare.ledger.models import LedgerEntry, Posting
from welfare.posting_requests.models import PostingRequest
from welfare.procurement.models import GoodsMove, Invoice, Procurement, Quote
from welfare.recuperation.models import RecuperationBatch, RecuperationRule
from welfare.retirees.models import Retiree
from welfare.visits.models import Visit
from welfare.workdays.models import Workday

_START = 20_000  # far from the other factories' numbers, which a whole run takes past 5,000
_numbers = itertools.count(_START)
_FIRST = dt.date(2016, 1, 1)


def _day_before() -> dt.date:
    """Return a day of its own, long ago: rules of one kind never hold on the same day."""
    return _FIRST - dt.timedelta(days=next(_numbers) - _START)


# What a row is given besides what its model demands: without it the row has no ground, or no words.
_FILLED: dict[type[models.Model], Callable[[], dict[str, Any]]] = {
    Admission: lambda: {"person": members.person()},
    Award: lambda: {"kind": AwardKind.PROPOSAL, "proposal": row(Proposal), "department": None},
    AuditFinding: lambda: {"asked_of": "finance"},
    Audit: lambda: {"title": f"第{next(_numbers)}次审查"},
    DuesTopUp: lambda: {"dues": ChartAccount.objects.get(code="401"), "account": ledger.account(), "factor": 3},
    AssistanceTarget: lambda: {"fixed": Decimal(5), "year": 2023},
    Donation: lambda: {"drive": donations.drive(), "donor": f"捐赠人{next(_numbers)}", "amount": Decimal(5)},
    DonationReceipt: lambda: {
        "drive": donations.drive(given=100),
        "amount": Decimal(5),
        "account": None,
        "posting": None,
    },
    DonationUse: lambda: {"drive": donations.drive(given=100), "amount": Decimal(5), "account": None, "posting": None},
    Retiree: lambda: {"kind": "retiree", "died_on": None, "retired_on": None},
    Visit: lambda: {
        "whom": f"家属{next(_numbers)}",
        "amount": Decimal(5),
        "grant": None,
        "account": None,
        "posting": None,
    },
    GoodsMove: lambda: {"procurement": procurement.accepted(), "quantity": 1, "round": None, "whom": "文学院"},
    Invoice: lambda: {
        "procurement": procurement.accepted(),
        "amount": Decimal(5),
        "scan": papers.sent("a.pdf"),
        "account": None,
        "posting": None,
    },
    Quote: lambda: {"procurement": row(Procurement)},
    PaperApproval: lambda: {"scan": papers.sent("a.pdf")},
    HealthCheck: lambda: {"year": 2023},
    ProposalReport: lambda: {"pdf": papers.sent("a.pdf"), "docx": papers.sent("a.docx", papers.word())},
    RecuperationRule: lambda: {
        "valid_from": (day := _day_before()),
        "valid_to": day,
        "scope": "within",
        "frequency": "aim",
        "years": 5,
    },
    RecuperationBatch: lambda: {
        "rule": (own := row(RecuperationRule)),
        **dict.fromkeys(("starts_on", "ends_on"), own.valid_from),
    },
    Survey: lambda: {"kind": SurveyKind.UNION, "audience": Audience.MEMBERS},
    SummaryRecord: lambda: {"kinds": ["welfare.wedding"], "heads": 3},
    WordMapping: lambda: {"kind": "summary_records", "label": "往年数据补录"},
    ImportRecord: lambda: {"kind": "summary_records", "label": "往年数据补录"},
    # Past what is announced: those days stand ready.
    Workday: lambda: {"day": dt.date(2040, 1, 1) + dt.timedelta(days=next(_numbers) - _START)},
    # Only one is under way at a time; what is over keeps no file.
    Arrival: lambda: {"is_open": False, "name": "整体导出.zip", "file": "", "key": ""},
    Leaving: lambda: {"asked_by": accounts.account(), "reason": "更换平台", "file": ""},
    HardshipAid: lambda: {"state": AidState.PAID, "given_on": dt.date(2024, 5, 6), "source": "往年台账"},
    HardshipFile: lambda: {"income": "96000", "decided_kind": "", "closed_on": None},
    HouseholdMember: lambda: {"income": "0"},
    HardshipCost: lambda: {"amount": "100"},
    HardshipAidRule: lambda: {"cap": Decimal(1000)},
    RuleWarning: lambda: {"round": row(Round), "grant": None, "answered_by": None, "confirmed_by": None},
}


def rows(model: type[models.Model], count: int, *, by: User | None = None) -> list[Any]:
    """Make so many rows of the model; `by` is who makes them where a service asks."""
    return [row(model, by=by) for _number in range(count)]


def row(model: type[models.Model], *, by: User | None = None) -> Any:
    """Make one row of the model."""
    if model in _OWN_WAY:
        return _OWN_WAY[model](by)
    given = _FILLED[model]() if model in _FILLED else {}
    try:
        with transaction.atomic():
            return _made(model, given, whole=True)
    except (ValidationError, DatabaseError):
        return _made(model, given, whole=False)


def twin(first: models.Model) -> Any:
    """Make a second row that hangs on the same rows as the first; None where the model's constraints forbid it."""
    if type(first) in _OWN_WAY:
        return None
    links = {field.name: getattr(first, field.name) for field in first._meta.concrete_fields if field.is_relation}
    given = _FILLED[type(first)]() if type(first) in _FILLED else {}
    try:
        with transaction.atomic():
            return _made(type(first), {**given, **links}, whole=True)
    except (ValidationError, DatabaseError):
        return None


def _made(model: type[models.Model], given: dict[str, Any], *, whole: bool) -> Any:
    fields = [field for field in model._meta.concrete_fields if field.name not in given and not field.primary_key]
    values = dict(given)
    # First what the row hangs on, then its own fields: its days are later than theirs.
    for field in fields:
        if field.is_relation:
            values |= _filled(field, _link(field, whole=whole))
    number, days = next(_numbers), itertools.count()
    for field in fields:
        if not field.is_relation:
            values |= _filled(field, _value(field, number, days))
    made = model(**values)
    made.clean()
    made.validate_constraints()
    made.save()
    begin(made, actor=None)
    return made


def _filled(field: Any, value: Any) -> dict[str, Any]:
    return {} if value is None else {field.name: value}


def _optional(field: Any) -> bool:
    return bool(field.null or field.blank or field.has_default())


def _link(field: Any, *, whole: bool) -> Any:
    """Return the row the link leads to; None leaves it empty."""
    if _optional(field) and not (whole and field.related_model is not field.model):
        return None
    return _linked(field.related_model)


def _value(field: Any, number: int, days: Iterator[int]) -> Any:
    """Return what the field is filled with; None leaves it to the model."""
    if _optional(field):
        return None
    if field.choices:
        return field.flatchoices[number % len(field.flatchoices)][0]
    kind = field.get_internal_type()
    return _BY_TYPE[kind](field, number, next(days) if kind.startswith("Date") else 0)


def _linked(model: type[models.Model]) -> Any:
    """Return a row to hang another on; its own optional links stay empty, for links may lead in a circle."""
    return row(model) if model in _OWN_WAY or model in _FILLED else _made(model, {}, whole=False)


def _words(field: Any, number: int, _place: int) -> str:
    longest = field.max_length or 200
    return f"{str(field.verbose_name)[: max(longest - 6, 0)]}{number}"[-longest:]


_BY_TYPE: dict[str, Callable[[Any, int, int], Any]] = {
    "CharField": _words,
    "TextField": _words,
    "SlugField": lambda _field, number, _place: f"slug-{number}",
    # Past days, however many rows a run makes.
    "DateField": lambda _field, number, place: _FIRST + dt.timedelta(days=(number - _START) % 900 * 4 + place),
    "DateTimeField": lambda _field, number, place: timezone.now() + dt.timedelta(days=place, seconds=number),
    "DecimalField": lambda _field, number, _place: Decimal(number),
    "FileField": lambda _field, _number, _place: papers.sent("a.pdf"),
    "IntegerField": lambda _field, number, _place: number,
    "PositiveIntegerField": lambda _field, number, _place: number,
    "PositiveSmallIntegerField": lambda _field, number, _place: number,
    "JSONField": lambda _field, _number, _place: {},
}


def _sitting(_by: Any) -> Sitting:
    made: Sitting = sessions.session().sittings.get()
    return made


def _posting(_by: Any) -> Posting:
    return ledger.posting(ledger.open_book(2024), source_key=f"row{next(_numbers)}")


def _petition(by: User | None) -> Petition:
    return petitions.receive(
        channel=PetitionChannel.VISIT, subject="续签合同", text="请核实。", received_on=timezone.localdate(), actor=by
    )


_OWN_WAY: dict[type[models.Model], Callable[[Any], Any]] = {
    User: lambda _by: members.account(),
    Person: lambda _by: members.member(branch=members.branch()),
    Branch: lambda _by: members.branch(),
    LedgerAccount: lambda _by: ledger.account(),
    Posting: _posting,
    LedgerEntry: lambda by: _posting(by).entries.get(),
    # Asked by somebody else: nobody is offered the decision on his own request.
    PostingRequest: lambda _by: ledger.asked_income(scan=papers.sent("a.pdf")),
    FiscalYear: lambda _by: FiscalYear.objects.get(book=ledger.open_book(2024).book),
    ClaimRule: lambda _by: claims.rule(),
    Claim: lambda _by: claims.claim(),
    BudgetAdjustment: lambda _by: ledger.adjusted(),
    BudgetLine: lambda _by: ledger.budget(book=ledger.book(), year=2024, _501="1000.00").lines.get(),
    DuesRule: lambda _by: DuesRule.objects.create(valid_from=_FIRST + dt.timedelta(days=next(_numbers)), share=1),
    DuesLine: lambda _by: DuesLine.objects.create(person=members.member(), month=dt.date(2024, 3, 1), due=Decimal(50)),
    FundBalance: lambda _by: FundBalance.objects.get(fund=ledger.open_book(2024)),
    Round: lambda by: rounds.draft(actor=by),
    Grant: lambda _by: rounds.case(),
    Department: lambda _by: departments.department(contact=True, lead=True),
    Session: lambda _by: sessions.session(),
    Sitting: _sitting,
    Proposal: lambda _by: proposals.proposal(state=ProposalState.ASSIGNED),
    Ballot: lambda _by: ballots.ballot(attendance.sitting(due=3)),
    Election: lambda _by: elections.election(attendance.sitting(due=3), seats=1, names=["甲候选", "乙候选"]),
    Petition: _petition,
}
