"""Begin, change and cancel a round."""

import datetime as dt
from typing import Any

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record
from welfare.benefits.enums import Festival
from welfare.benefits.models import Benefit, Occasion
from welfare.books.models import Book, Fund
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.rosters.services.selection import Selection
from welfare.rounds.services.holding import hold_round, require
from welfare.rounds.services.roster import exclude_all


@transaction.atomic
def create(  # noqa: PLR0913
    *,
    benefit: Benefit,
    occasion: Occasion,
    cut_off_on: dt.date,
    fund: Fund,
    actor: User | None,
    selection: Selection | None = None,
    name: str = "",
    goods: str = "",
    book: Book | None = None,
    another: bool = False,
) -> Round:
    """Begin a round in draft. Without a selection its roster comes from an uploaded list at locking.

    The book is the fund's own unless another is named. Raises DomainError when the benefit is retired, and where the
    occasion has a round of the benefit already, unless `another` one is wanted, and where it is another festival than
    the benefit's.
    """
    _of_one_festival(benefit, occasion)
    hold(occasion)  # rounds of one occasion are begun one after another
    same = Round.objects.filter(benefit=benefit, occasion=occasion, parent=None).exclude(state=RoundState.CANCELLED)
    if not another and (first := same.order_by("pk").first()):
        raise DomainError(
            f"{occasion}的“{benefit}”已有批次“{first}”（{first.get_state_display()}）。补发遗漏人员或差额，请打开该批次"
            "“建立补发批次”；确需另建，请勾选“仍另建一个批次”。",
            field="another",
        )
    return begin_round(
        benefit=benefit,
        occasion=occasion,
        cut_off_on=cut_off_on,
        fund=fund,
        actor=actor,
        selection=selection.as_data() if selection else {},
        name=name,
        goods=goods,
        book=book,
    )


def _of_one_festival(benefit: Benefit, occasion: Occasion) -> None:
    """Raise DomainError where a festival's goods would be given on another festival."""
    named = benefit.code if benefit.code in Festival.values else ""
    if named and occasion.festival and occasion.festival != named:
        own = Festival(named).label
        words = f"“{benefit}”是{own}的福利项目，“{occasion}”不是{own}：请选择{occasion.year}年{own}，或改选福利项目。"
        raise DomainError(words, field="occasion")


def begin_round(  # noqa: PLR0913
    *,
    benefit: Benefit,
    occasion: Occasion,
    cut_off_on: dt.date,
    fund: Fund,
    actor: User | None,
    selection: dict[str, Any],
    name: str,
    goods: str,
    book: Book | None,
    parent: Round | None = None,
) -> Round:
    """Save a draft, whatever other rounds there are. Raises DomainError when the benefit is retired."""
    if not benefit.active:
        raise DomainError(f"“{benefit}”已停用，请选择其他福利项目。", field="benefit")
    made = Round(
        benefit=benefit,
        occasion=occasion,
        cut_off_on=cut_off_on,
        fund=fund,
        book=book or fund.book,
        name=name or benefit.given_on(occasion),
        goods=goods,
        selection=selection,
        prepared_by=actor,
        parent=parent,
    )
    return record(made, actor=actor)


@transaction.atomic
def choose(*, subject: Round, selection: Selection, cut_off_on: dt.date) -> Round:
    """Change whom a draft is for, and the day they are taken from."""
    held = hold_round(subject)
    require(held, RoundState.DRAFT)
    held.selection = selection.as_data()
    held.cut_off_on = cut_off_on
    held.save(update_fields=["selection", "cut_off_on"])
    return held


@transaction.atomic
def supplement(
    *,
    subject: Round,
    cut_off_on: dt.date,
    actor: User | None,
    selection: Selection | None = None,
    price_rise: bool = False,
    name: str = "",
) -> Round:
    """Begin a supplementary round that names its parent.

    `price_rise`: its roster will be everybody to whom the parent is due or who received it, each grant completing the
    parent's (补发差额); its unit price is the difference. Otherwise the selection (or an uploaded list) chooses, and
    whoever already has the benefit for this occasion is left out.
    Raises Refused unless the parent was approved, and while another of its supplements is not approved yet: whom that
    one decides about is not known.
    """
    held = hold_round(subject)
    require(held, RoundState.APPROVED, RoundState.CLOSED)
    decided = [RoundState.APPROVED, RoundState.CLOSED, RoundState.CANCELLED]
    if unfinished := held.supplements.exclude(state__in=decided).order_by("pk").first():
        raise Refused(
            f"补发批次“{unfinished}”{unfinished.get_state_display()}，请先办完审批或取消，再建立新的补发批次。"
        )
    suffix = "补发差额" if price_rise else "补发"
    return begin_round(
        benefit=held.benefit,
        occasion=held.occasion,
        cut_off_on=cut_off_on,
        fund=held.fund,
        book=held.book,
        actor=actor,
        name=name or f"{held}（{suffix}）",
        goods=held.goods,
        selection={"price_rise": True} if price_rise else (selection.as_data() if selection else {}),
        parent=held,
    )


@transaction.atomic
def cancel(*, subject: Round, actor: User | None, why: str) -> Round:
    """Give a round up before it went to approval; its roster is excluded with the reason."""
    held = hold_round(subject)
    move(held, "cancel", actor=actor, why=why)
    exclude_all(held, reason=why)
    return held
