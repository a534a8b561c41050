"""What a round's page shows: how far it is, the figures, who is on the roster, what waits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.http import urlencode

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.money import rmb_upper
from union_portal.base.portal import DeskFigure
from union_portal.base.steps import timeline
from welfare.balances.services import says_balance
from welfare.benefits.enums import Form
from welfare.grants.enums import LIVING, GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.rosters.services.selection import Selection, describe
from welfare.round_desk.admin.pricing import standard_words
from welfare.rounds.services.judging import rooms
from welfare.rounds.services.payment import left_to_post, standing_posting
from welfare.rounds.services.reconciling import Reconciliation, Share, reconcile, shares_of, tally
from welfare.rounds.services.telling import next_step as told_next

ROWS = 50
_ORDER = (RoundState.DRAFT, RoundState.LOCKED, RoundState.SUBMITTED, RoundState.APPROVED, RoundState.CLOSED)
# What is passed is told as done, not as waiting.
_PASSED = {RoundState.DRAFT: "已起草", RoundState.SUBMITTED: "已提交审批"}
# While money may still be spent from the fund its balance is said.
_SPENDING = {RoundState.SUBMITTED, RoundState.APPROVED}
_TONES = {
    GrantState.RECEIVED: "done",
    GrantState.DUE: "due",
    GrantState.RETURNED: "refused",
    GrantState.EXCLUDED: "plain",
    GrantState.CANCELLED: "plain",
}


@dataclass(frozen=True)
class Step:
    """One place of the stepper."""

    label: str
    state: str


def stepper(round_: Round) -> list[Step]:
    """Return draft → locked → submitted → approved → closed, with the present one marked."""
    if round_.state == RoundState.CANCELLED:
        return [Step(RoundState.CANCELLED.label, "current")]
    # Nothing comes after the last one: it is done as soon as it is reached.
    here = _ORDER.index(RoundState(round_.state)) + (round_.state == RoundState.CLOSED)
    return [
        Step(_PASSED.get(state, state.label), "done")
        if place < here
        else Step(state.label, "current" if place == here else "ahead")
        for place, state in enumerate(_ORDER)
    ]


def next_step(round_: Round, sums: Reconciliation) -> str:
    """Return the one step that comes next, "" where something else must happen first."""
    before = {
        RoundState.DRAFT: "step_lock" if round_.selection else "upload_list",
        RoundState.LOCKED: "step_set_price" if round_.unit_price is None else "step_submit",
        RoundState.SUBMITTED: "step_approve",
    }
    state = RoundState(round_.state)
    return _after_approval(round_, sums) if state == RoundState.APPROVED else before.get(state, "")


def _after_approval(round_: Round, sums: Reconciliation) -> str:
    if round_.benefit.form in {Form.CASH, Form.COUPON} and left_to_post(round_=round_):
        return "step_post"
    if sums.not_collected.count:
        return "" if round_.benefit.form == Form.CASH else "step_collect"
    return "step_buy" if round_.benefit.form == Form.GOODS and not sums.bought.count else "step_close"


def figures(round_: Round, sums: Reconciliation) -> list[DeskFigure]:
    """Return the figure cards."""
    if round_.state in {RoundState.APPROVED, RoundState.CLOSED}:
        cards = [
            DeskFigure("应发人数", sums.due.count, "人"),
            DeskFigure("应发金额", sums.due.amount, "元"),
            DeskFigure("已领取", sums.received.count, "人", address="?state=received"),
            DeskFigure("未领取", sums.not_collected.count, "人", address="?state=due"),
        ]
        returned = tally(sums.shares, GrantState.RETURNED).count
        if returned:
            cards.append(DeskFigure("退票", returned, "人", address="?state=returned"))
        if sums.adjusted.count:
            cards.append(DeskFigure("已调整", sums.adjusted.count, "人", address="?state=cancelled"))
        if sums.bought.count:
            cards.append(DeskFigure("结存", sums.stock.count, round_.benefit.unit))
        return cards
    listed, excluded = tally(sums.shares, GrantState.LISTED), tally(sums.shares, GrantState.EXCLUDED).count
    if not (listed.count or excluded):
        return []  # before it is locked there is no roster to count
    cards = [DeskFigure("名册人数", listed.count, "人")]
    if round_.unit_price is not None:
        cards.append(DeskFigure("单价", round_.unit_price, "元"))
        cards.append(DeskFigure("合计", listed.amount, "元"))
    cards.append(DeskFigure("已剔除", excluded, "人", address="?state=excluded" if excluded else ""))
    return cards


@dataclass(frozen=True)
class BranchShare:
    """What a branch has of the round: its people and what they get (yuan), who has it and who has not."""

    branch: Branch | None
    heads: int
    amount: Decimal
    received: int
    waiting: int


def by_branch(branches: Sequence[Branch], shares: Sequence[Share]) -> list[BranchShare]:
    """Return how the roster lies among the branches, those who belong to none last; asks nothing of the database."""
    found = []
    for branch in (*branches, None):
        own = [share for share in shares if share.branch == (branch.pk if branch else None)]
        whole, received = tally(own, *LIVING), tally(own, GrantState.RECEIVED).count
        waiting = tally(own, GrantState.DUE, GrantState.RETURNED).count
        if whole.count:
            found.append(BranchShare(branch, whole.count, whole.amount, received, waiting))
    return found


def basis(round_: Round) -> str:
    """Say whom the round is for."""
    if round_.selection.get("price_rise"):
        return f"为“{round_.parent}”全体人员补发差额"
    if round_.selection:
        return describe(selection=Selection.from_data(round_.selection), on=round_.cut_off_on)
    return f"名单来源：{round_.list_source}" if round_.list_source else "按上传名单"


def roster(
    round_: Round, request: HttpRequest, *, branches: Sequence[Branch], shares: Sequence[Share]
) -> tuple[Page[Grant], dict[str, str]]:
    """Return the roster's page that was asked for, narrowed by branch, state and name; and what was asked."""
    asked = {key: request.GET.get(key, "") for key in ("branch", "state", "q")}
    grants = round_.grants.all()
    if asked["branch"].isdecimal():
        grants = grants.filter(branch=int(asked["branch"]))
        shares = [share for share in shares if share.branch == int(asked["branch"])]
    if asked["state"] in GrantState.values:
        grants = grants.filter(state=asked["state"])
        shares = [share for share in shares if share.state == asked["state"]]
    if asked["q"].strip():
        grants = grants.filter(person__in=Person.objects.search(asked["q"]))
    heads: Counter[int | None] = Counter()
    for share in shares_of(grants) if asked["q"].strip() else shares:
        heads[share.branch] += share.heads
    page: Any = Paginator(range(heads.total()), ROWS).get_page(request.GET.get("page"))
    reached, passed = _reached([(key, heads[key]) for key in (*(one.pk for one in branches), None)], page)
    # Only these branches are put in order, and only keys, not thousands of whole rows for the fifty that show.
    on_page = grants.filter(Q(branch__in=reached) | Q(branch=None) if None in reached else Q(branch__in=reached))
    ordered = on_page.order_by("branch__code", "person__pinyin_key", "pk").values_list("pk", flat=True)
    keys = list(ordered[passed : passed + ROWS])
    rows = round_.grants.select_related("person", "branch", "received_by").in_bulk(keys)
    page.object_list = [rows[pk] for pk in keys]
    return page, asked


def _reached(heads: list[tuple[int | None, int]], page: Page[Any]) -> tuple[list[int | None], int]:
    """Return whose rows are on the page, and how many of theirs are on pages before."""
    first, passed, before = page.start_index() - 1, 0, 0
    found: list[int | None] = []
    for branch, count in heads:
        if count and before < page.end_index() and before + count > first:
            passed = passed if found else first - before
            found.append(branch)
        before += count
    return found, passed


def _states(shares: Sequence[Share]) -> list[tuple[str, str]]:
    """Return the states that somebody on the roster is in, in their order."""
    found = {share.state for share in shares}
    return [(value, label) for value, label in GrantState.choices if value in found]


def about(round_: Round) -> str:
    """Say what is handed out and when, as far as it is known."""
    when = f"发放日期 {round_.handed_out_on}" if round_.handed_out_on else ""
    return "，".join(part for part in (round_.goods, when) if part)


def context(round_: Round, request: HttpRequest) -> dict[str, Any]:
    """Return everything the page shows; a constant number of queries."""
    sums = reconcile(round_=round_, to_show=True)
    branches = list(Branch.objects.filter(pk__in={share.branch for share in sums.shares}).order_by("code"))
    page, asked = roster(round_, request, branches=branches, shares=sums.shares)
    for grant in page:
        grant.tone = _TONES.get(GrantState(grant.state), "info")  # type: ignore[attr-defined]
    looked_at = round_.state in {RoundState.LOCKED, RoundState.SUBMITTED}
    whole = tally(sums.shares, *LIVING)
    papers = list(round_.papers.select_related("branch")[:8])
    return {
        "round": round_,
        "steps": stepper(round_),
        "next": told_next(round_, shares=sums.shares, bought=bool(sums.bought.count)),
        "figures": figures(round_, sums),
        "sums": sums,
        "left": says_balance(fund=round_.fund) if round_.state in _SPENDING else "",
        "approved": round_.state in {RoundState.APPROVED, RoundState.CLOSED},
        "from_roster": round_.benefit.form in {Form.CASH, Form.COUPON},
        "basis": basis(round_),
        "about": about(round_),
        "standard": standard_words(round_) if looked_at else "",
        "rooms": rooms(round_=round_) if looked_at else [],
        "by_branch": by_branch(branches, sums.shares),
        "whole": whole,
        "ticks": round_.benefit.form != Form.CASH and request.user.has_perm("welfare.collect_round"),
        "in_capitals": rmb_upper(whole.amount) if whole.amount else "",
        "moves": timeline(round_),
        "warnings": round_.warnings.select_related("answered_by", "confirmed_by"),
        "roster_posting": standing_posting(round_=round_),
        "purchases": round_.purchases.select_related("posting__book"),
        "supplements": round_.supplements.all(),
        "papers": papers,
        "working": any(paper.is_running for paper in papers),
        "page": page,
        "asked": asked,
        "query": urlencode({key: value for key, value in asked.items() if value}),
        "choices": [
            ("branch", "分工会", [(str(one.pk), str(one)) for one in branches], asked["branch"]),
            ("state", "状态", _states(sums.shares), asked["state"]),
        ],
        "grave": round_.benefit.grave,
    }
