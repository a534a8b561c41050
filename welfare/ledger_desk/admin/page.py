"""What a posting's page shows: each entry with what it pays for, and where the posting comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from union_portal.base.money import grouped
from welfare.grants.enums import SUBJECT
from welfare.grants.models import Grant
from welfare.ledger.models import LedgerEntry, Posting
from welfare.mutual_aid.models import MutualAidPlan
from welfare.posting_requests.models import PostingRequest
from welfare.purchases.models import Purchase

# How many entries a page of a posting shows.
ROWS = 50


@dataclass(frozen=True)
class Link:
    """Where something leads, and what it is called."""

    label: str
    address: str


@dataclass(frozen=True)
class Line:
    """One entry: its standing in words, the other posting that reversed it or that it reverses, what it pays for."""

    entry: LedgerEntry
    standing: str
    other: Link | None
    paid_for: Link | None

    @property
    def stands(self) -> bool:
        """Whether it may be reversed."""
        return self.other is None


def lines(entries: Iterable[LedgerEntry], user: Any) -> list[Line]:
    """Return the page's entries with what the account may see of what they pay for; one query more."""
    rows = list(entries)
    keys = [row.subject_id for row in rows if row.subject_kind == SUBJECT]
    grants = Grant.objects.visible_to(user).filter(pk__in=keys).select_related("person", "benefit")
    paid = {grant.pk: Link(f"{grant.person} {grant.benefit}", _page("grant", grant.pk)) for grant in grants}
    return [_line(row, paid) for row in rows]


def _line(entry: LedgerEntry, paid: dict[int, Link]) -> Line:
    reversal = getattr(entry, "reversed_by", None)
    standing, other = "有效", None
    if entry.reverses is not None:
        standing, other = "冲销", _posting(entry.reverses.posting)
    elif reversal is not None:
        standing, other = "已冲销", _posting(reversal.posting)
    return Line(entry, standing, other, paid.get(entry.subject_id or 0))


def origin(posting: Posting) -> list[tuple[str, str, Link | None]]:
    """Return as (what, words, link) the invoice, round, plan or request that the posting comes from."""
    found: list[tuple[str, str, Link | None]] = []
    if (paper := posting.paper_approval) is not None:
        hands = f"审批人 {paper.approver}，登记人 {paper.entered_by}，确认人 {paper.confirmed_by}"
        found.append(("线下审批", hands, Link("查看审批文件", _page("paperapproval", paper.pk))))
    purchase = Purchase.objects.filter(posting=posting).select_related("round__benefit", "round__occasion").first()
    if purchase is not None:
        bought = purchase.round
        found += [
            ("供应商", purchase.supplier, None),
            ("发票号码", f"{purchase.invoice_number}（{purchase.get_state_display()}）", _scan_of(purchase)),
            ("采购", f"{purchase.quantity:,} 份，{grouped(purchase.amount)} 元，{purchase.invoiced_on} 开票", None),
            ("发放批次", "", Link(str(bought), _page("round", bought.pk))),
        ]
    if (grant := _first_grant(posting)) is not None and grant.round is not None:
        found.append(("发放批次", "", Link(str(grant.round), _page("round", grant.round.pk))))
    kind, _colon, key = posting.source_key.partition(":")
    if kind == "cover":
        plan = MutualAidPlan.objects.filter(pk=int(key.partition(":")[0])).first()
        if plan is not None:
            found.append(("保障计划", "", Link(str(plan), _page("mutualaidplan", plan.pk))))
    request = PostingRequest.objects.filter(posting=posting).select_related("requested_by", "decided_by").first()
    if request is not None:
        found.append(
            ("记账申请", request.reason or request.payer, Link(str(request), _page("postingrequest", request.pk)))
        )
    return found


def _scan_of(purchase: Purchase) -> Link | None:
    return Link("查看扫描件", purchase.scan.url) if purchase.scan else None


def _first_grant(posting: Posting) -> Grant | None:
    entry = LedgerEntry.objects.filter(posting=posting, line=1, subject_kind=SUBJECT).first()
    if entry is None:
        return None
    return Grant.objects.filter(pk=entry.subject_id).select_related("round__benefit", "round__occasion").first()


def _posting(posting: Posting) -> Link:
    return Link(str(posting), _page("posting", posting.pk))


def _page(model: str, key: int) -> str:
    return reverse(f"admin:welfare_{model}_change", args=[key])
