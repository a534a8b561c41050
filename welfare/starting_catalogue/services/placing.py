"""Puts the starting catalogue in place: adds what is missing, changes nothing that staff have edited."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from welfare.benefits.models import Benefit, BenefitRule
from welfare.books.models import Book, Fund, LedgerAccount
from welfare.mutual_aid.models import MutualAidPlan
from welfare.starting_catalogue.services import data


def _add_missing(model: type[models.Model], rows: Iterable[models.Model], *, using: str) -> set[str]:
    """Add the rows whose code is unknown; return the codes added."""
    manager: Any = model._default_manager.using(using)  # noqa: SLF001
    known = set(manager.values_list("code", flat=True))
    new: list[Any] = [row for row in rows if row.code not in known]  # type: ignore[attr-defined]
    manager.bulk_create(new, ignore_conflicts=True)
    return {row.code for row in new}


def _accounts(using: str) -> None:
    _add_missing(
        LedgerAccount,
        (LedgerAccount(code=code, name=name, kind=kind) for code, name, kind in data.ACCOUNTS if len(code) == 3),
        using=using,
    )
    parents = dict(LedgerAccount.objects.using(using).values_list("code", "pk"))
    _add_missing(
        LedgerAccount,
        (
            LedgerAccount(code=code, name=name, kind=kind, parent_id=parents.get(code[:3]))
            for code, name, kind in data.ACCOUNTS
            if len(code) > 3
        ),
        using=using,
    )


def _money(using: str) -> None:
    _add_missing(Book, (Book(code=code, name=name) for code, name in data.BOOKS), using=using)
    books = dict(Book.objects.using(using).values_list("code", "pk"))
    _add_missing(
        Fund,
        (Fund(code=code, name=name, book_id=books[book]) for code, name, book in data.FUNDS if book in books),
        using=using,
    )


def _benefits(using: str) -> set[str]:
    accounts = dict(LedgerAccount.objects.using(using).values_list("code", "pk"))
    return _add_missing(
        Benefit,
        (
            Benefit(
                code=code,
                name=name,
                category=category,
                form=form,
                event_kind=event,
                account_id=accounts.get(account),
                non_members=non_members,
            )
            for code, name, category, form, event, account, non_members in data.BENEFITS
        ),
        using=using,
    )


def _rules(new: set[str], using: str) -> None:
    """Give new benefits their first rules; benefits that exist already keep what staff made of theirs."""
    benefits = dict(Benefit.objects.using(using).filter(code__in=new).values_list("code", "pk"))
    rules = [
        BenefitRule(
            benefit_id=benefits[code],
            variant=variant,
            relations=relations,
            form=form,
            evidence=evidence,
            claim_days=days,
            source=f"{data.NATIONAL}：{clause}",
            valid_from=data.RULES_FROM,
        )
        for code, variant, relations, form, evidence, days, clause in data.NATIONAL_RULES
        if code in benefits
    ]
    forms = {code: form for code, _name, _category, form, *_rest in data.BENEFITS}
    rules += [
        BenefitRule(benefit_id=benefits[code], form=forms[code], source=data.SCHOOL, valid_from=data.SCHOOL_FROM)
        for code in data.SCHOOL_FORMS
        if code in benefits
    ]
    rules += [
        BenefitRule(
            benefit_id=benefits[code],
            variant=variant,
            relations=relations,
            form=form,
            cap=Decimal(cap),
            cap_basis=basis,
            source=source,
            valid_from=data.RULES_FROM,
            example=True,
        )
        for code, variant, relations, form, cap, basis, source in data.EXAMPLE_RULES
        if code in benefits
    ]
    BenefitRule.objects.using(using).bulk_create(rules)


def _plans(using: str) -> None:
    account = LedgerAccount.objects.using(using).filter(code="50206").first()
    _add_missing(
        MutualAidPlan,
        (
            MutualAidPlan(code=code, name=name, months=months, only_gender=only, account=account)
            for code, name, months, only in data.PLANS
        ),
        using=using,
    )


@transaction.atomic
def place_starting_catalogue(*, using: str = "default", **_signal: Any) -> None:
    """Add accounts, books, funds, benefits with their first rules, and plans that are missing by code."""
    _accounts(using)
    _money(using)
    _rules(_benefits(using), using)
    _plans(using)
