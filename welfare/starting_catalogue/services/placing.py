"""Puts the starting catalogue in place: adds what is missing, changes nothing that staff have edited."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from members.cohorts.models import CohortKind
from welfare.benefits.models import Benefit, BenefitRule
from welfare.books.models import Book, ChartAccount, Fund, LedgerAccount
from welfare.cases.models import ReturnReason
from welfare.mutual_aid.models import MutualAidPlan
from welfare.service_records.enums import SERVICE_KINDS
from welfare.service_records.models import ServiceKind
from welfare.starting_catalogue.services import chart, data
from welfare.visits.enums import VISIT_KINDS
from welfare.visits.models import VisitKind
from welfare.workdays.services import place_workdays


@transaction.atomic
def place_starting_catalogue(*, using: str = "default", **_signal: Any) -> None:
    """Add accounts, books, funds, benefits with their first rules, plans, kinds and reasons: what is missing.

    It is known by its code. Besides, the announced years get their working days.
    """
    # The three digits first: they stand above the five.
    _add(using, LedgerAccount, "code name kind", (row for row in data.ACCOUNTS if len(row[0]) == 3))
    accounts = _keys(LedgerAccount, using)
    below = ((*row, accounts.get(row[0][:3])) for row in data.ACCOUNTS if len(row[0]) > 3)
    _add(using, LedgerAccount, "code name kind parent_id", below)
    _place_chart(using)
    _add(using, Book, "code name trust", data.BOOKS)
    books, accounts = _keys(Book, using), _keys(LedgerAccount, using)
    _add(using, Fund, "code name book_id", ((*row[:2], books[row[2]]) for row in data.FUNDS if row[2] in books))
    new = _add(
        using,
        Benefit,
        "code name category form event_kind account_id non_members",
        ((*row[:5], accounts.get(row[5]), row[6]) for row in data.BENEFITS),
    )
    BenefitRule.objects.using(using).bulk_create(_rules(new, _keys(Benefit, using)))
    account = accounts.get(data.PLANS_ACCOUNT)
    _add(using, MutualAidPlan, "code name months only_gender account_id", ((*row, account) for row in data.PLANS))
    _add(using, ServiceKind, "code name named", SERVICE_KINDS)
    cohorts = _keys(CohortKind, using)
    _add(
        using, VisitKind, "code name cohort_id grave", ((*row[:2], cohorts.get(row[2]), row[3]) for row in VISIT_KINDS)
    )
    _add(using, ReturnReason, "code name explained", data.RETURN_REASONS)
    place_workdays(using=using)


def _place_chart(using: str) -> None:
    """Add the chart in force; the ledger's accounts of the portal's own names are led to it once, when it comes."""
    fields = "code name kind source parent_id"
    new = _add(using, ChartAccount, fields, ((*row, None) for row in chart.CHART if len(row[0]) == 3))
    above = _keys(ChartAccount, using)
    new |= _add(using, ChartAccount, fields, ((*row, above[row[0][:3]]) for row in chart.CHART if len(row[0]) > 3))
    keys, names = _keys(ChartAccount, using), {row[0]: row[1] for row in data.ACCOUNTS}
    open_ones = LedgerAccount.objects.using(using).filter(chart=None, code__in=chart.REPORTED_UNDER)
    led = [one for one in open_ones if chart.REPORTED_UNDER[one.code] in new and one.name == names[one.code]]
    for one in led:
        one.chart_id = keys[chart.REPORTED_UNDER[one.code]]
    LedgerAccount.objects.using(using).bulk_update(led, ["chart"])


def _keys(model: type[models.Model], using: str) -> dict[str, int]:
    return dict(model._default_manager.using(using).values_list("code", "pk"))  # noqa: SLF001


def _add(using: str, model: type[models.Model], fields: str, rows: Iterable[tuple[Any, ...]]) -> set[str]:
    """Add the rows whose code, their first field, is unknown; return the codes added."""
    known = _keys(model, using)
    new = [row for row in rows if row[0] not in known]
    made = [model(**dict(zip(fields.split(), row, strict=True))) for row in new]
    model._default_manager.using(using).bulk_create(made, ignore_conflicts=True)  # noqa: SLF001
    return {row[0] for row in new}


def _rules(new: set[str], keys: dict[str, int]) -> list[BenefitRule]:
    """Give new benefits their first rules; benefits that exist already keep what staff made of theirs."""
    forms = {row[0]: row[3] for row in data.BENEFITS}
    national = ["benefit", "variant", "relations", "form", "evidence", "claim_length", "source"]
    found: list[dict[str, Any]] = [
        *({**dict(zip(national, row, strict=True)), "valid_from": data.RULES_FROM} for row in data.NATIONAL_RULES),
        *(
            {"benefit": code, "form": forms[code], "source": data.SCHOOL, "valid_from": data.SCHOOL_FROM}
            | ({"times": 1} if code in data.ONCE_A_YEAR else {})
            for code in data.SCHOOL_FORMS
        ),
        *data.example_rules(),
    ]
    # What is about a category comes with the first benefits.
    wanted = [one for one in found if one["benefit"] in new or (new and not one["benefit"])]
    return [BenefitRule(benefit_id=keys.get(one.pop("benefit")), **one) for one in wanted]
