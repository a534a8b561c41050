"""Rows of any room that are each paid once through the ledger: the refund of a check, the union's share of a trip.

Whether a row is paid stands in the ledger alone: one whose entry is reversed is due again.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Least

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.money import grouped
from union_portal.base.sql import among
from union_portal.base.steps import log_of
from welfare.books.enums import AccountKind
from welfare.books.models import Fund, LedgerAccount
from welfare.books.services import must_hold
from welfare.grants.services.four_eyes import SMALL_ROUND, own_and_kin, second_person
from welfare.grants.services.paying import year_for
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, post_from_query


def unpaid(rows: "QuerySet[Any]", *, kind: str, prepared_by: str) -> "QuerySet[Any]":
    """Return those of the rows that became due by this step and that no standing entry of the ledger pays.

    What a list of past years brought was paid elsewhere.
    """
    log: Any = log_of(rows.model)
    entries = LedgerEntry.objects.standing().filter(subject_kind=kind, subject_id=OuterRef("pk"))
    return rows.filter(Exists(log.objects.filter(subject=OuterRef("pk"), action=prepared_by)), ~Exists(entries))


@dataclass(frozen=True, kw_only=True)
class Dues:
    """What is to be paid: rows of a person each, what each comes to, the day it concerns, and whose steps prepared it.

    `kind` is the short code under which the room guards its table as a subject of the ledger; `trust` says that others
    than the union pay, whose money has books of its own.
    """

    kind: str
    posting: PostingKind
    rows: "QuerySet[Any]"
    amount: str
    day: str
    prepared_by: str
    trust: bool = False

    def waiting(self) -> "QuerySet[Any]":
        """Return the rows that no entry of the ledger pays yet."""
        return unpaid(self.rows.filter(**{f"{self.amount}__gt": 0}), kind=self.kind, prepared_by=self.prepared_by)

    def total(self) -> tuple[int, Decimal]:
        """Return how many rows wait, and for how many yuan."""
        found = self.waiting().aggregate(count=Count("pk"), sum=Sum(self.amount))
        return found["count"], found["sum"] or Decimal(0)

    def words(self) -> str:
        """Say how much waits; empty where nothing does."""
        count, money = self.total()
        return f"尚未入账：{count:,} 人，{grouped(money)} 元。" if count else ""

    def preparers(self, keys: list[int]) -> list[User]:
        """Return the accounts that took the step by which these rows became due, by key."""
        log: Any = log_of(self.rows.model)
        moves = log.objects.filter(among("subject_id", keys), action=self.prepared_by).exclude(actor=None)
        return list(User.objects.filter(pk__in=moves.order_by().values("actor")).order_by("pk"))


@transaction.atomic
def pay(
    *, dues: Dues, about: str, key: str, fund: Fund, account: LedgerAccount, posted_on: dt.date, actor: User
) -> Posting:
    """Post what waits as one posting with an entry for each row; the actor approves what others prepared.

    `about` names nobody; `key` is the matter's source key, one posting after another. Raises Refused where nothing
    waits, for whoever prepared any of it, and for a short list with the actor or kin on it; DomainError at the field.
    """
    keys = list(dues.waiting().order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        raise Refused("没有待入账的款项，可能已由同事入账。")
    # Whoever waited for the rows looks again: another may have paid them meanwhile.
    rows = dues.waiting().filter(among("pk", keys))
    if rows.count() != len(keys):
        raise Refused("其中有款项刚由同事入账，请刷新页面后再办理。")
    preparers = dues.preparers(keys)
    if not preparers:
        raise Refused("找不到登记这些款项的经办人，不能入账。")
    for one in preparers:
        second_person(prepared_by=one.pk, actor=actor)
    if len(keys) < SMALL_ROUND and rows.filter(person__in=own_and_kin(user=actor).values("pk")).exists():
        raise Refused(f"不足 {SMALL_ROUND} 人，且您或您的亲属在内，请由同事入账。")
    if account.kind != AccountKind.EXPENSE:
        raise DomainError("请选择支出类科目。", field="account")
    must_hold(fund=fund, trust=dues.trust)
    year_for(fund.book, posted_on)
    before = Posting.objects.filter(source_key__startswith=f"{key}:").count()
    lines = rows.order_by().values_list(
        Value(dues.kind), "pk", Value(account.pk), Value(fund.pk), F(dues.amount), Least(F(dues.day), Value(posted_on))
    )
    return post_from_query(
        book=fund.book,
        posted_on=posted_on,
        kind=dues.posting,
        summary=about[:200],
        rows=lines,
        approval=Approval(prepared_by=preparers[0], approved_by=actor, posted_by=actor),
        source_key=f"{key}:{before + 1}",
    )


def must_be_unpaid(*, kind: str, row: Any) -> None:
    """Raise Refused while the ledger holds what was paid for the row."""
    entry = LedgerEntry.objects.paying(kind, [row.pk]).standing().select_related("posting__book").first()
    if entry is not None:
        raise Refused(f"这笔款项已记入台账（台账单 {entry.posting}），请先由财务申请冲销，冲销后再办理。")
