"""What a round is measured by: the standard, the caps, what is used of them, what a price would do, the total."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from union_portal.base.errors import Refused
from union_portal.base.forms import DayField
from union_portal.base.money import grouped, rmb_upper, yuan
from welfare.grants.enums import GrantState
from welfare.grants.models import Round
from welfare.round_desk.forms import tier_fields
from welfare.rounds.services import reconciling
from welfare.rounds.services.holding import day_of
from welfare.rounds.services.judging import rooms, rule_of


def standard_words(round_: Round, *, on: dt.date | None = None) -> str:
    """Say the standard in force on the day with the clause it comes from."""
    rule = rule_of(round_, on=on)
    if rule is None:
        return f"“{round_.benefit}”没有有效标准。"
    standard = f"{grouped(rule.standard)} 元" if rule.standard is not None else "未定金额"
    return f"标准：{standard}（{rule.source}，{rule.valid_from} 起施行）。"


def measures(round_: Round, price: Decimal | None = None, *, on: dt.date | None = None) -> list[str]:
    """Say the standard, and of every cap what was used and whom the price (or what the roster holds) takes over.

    Both are of the day and its year, which are said: a benefit of December and one of January have caps of their own.
    """
    day = on or day_of(round_)
    lines = [f"{standard_words(round_, on=day)}以下按发放日期 {day}、{day.year} 年内已享受的金额核算。"]
    for room in rooms(round_=round_, price=price, on=day):
        left = f"每人不超过 {grouped(room.left)} 元则无人超出" if room.left else "已有人没有余额"
        line = f"{room.words}，名册人员此前最高已享受 {grouped(room.most)} 元，{left}"
        lines.append(f"{line}；按{f'每人 {grouped(price)} 元' if price else '目前金额'}，{room.over:,} 人超出。")
    return lines


def says_price(request: HttpRequest, round_: Round) -> str:
    """Say what the price has to keep to, and what the one that is tried would do."""
    day = _tried_day(request)
    start = _tried(request) or round_.unit_price or _standard(round_, on=day)
    return "\n".join(measures(round_, start, on=day))


def says_done(round_: Round) -> str:
    """Say what the price did."""
    over = [f"{room.over:,} 人超出{room.words}" for room in rooms(round_=round_) if room.over]
    words = f"已确定单价：每人 {grouped(round_.unit_price or Decimal(0))} 元"
    return f"{words}；{'；'.join(over)}，见超标提醒。" if over else f"{words}。"


def says_total(round_: Round) -> str:
    """Say for how many, and how much it comes to."""
    listed = reconciling.tally(reconciling.shares_of(round_.grants.all()), GrantState.LISTED)
    return f"将为 {listed.count:,} 名会员生成享受记录，合计 {grouped(listed.amount)} 元。"


def says_approval(round_: Round) -> str:
    """Say what is approved besides the total: in capitals, by what standard, what the rules object to."""
    listed = reconciling.tally(reconciling.shares_of(round_.grants.all()), GrantState.LISTED)
    warned = round_.warnings.count()
    answered = f"超标提醒 {warned:,} 条，均须由另一人确认说明。" if warned else "没有超标提醒。"
    price = f"每人 {grouped(round_.unit_price)} 元；" if round_.unit_price else ""
    total = f"{says_total(round_)}{price}大写：{rmb_upper(listed.amount)}。"
    return "\n".join([total, *measures(round_), answered])


def price_form(request: HttpRequest, form: type[forms.Form], round_: Round) -> type[forms.Form]:
    """Begin with the price that is tried, else the round's own, else the standard; ask for the tiers' own too."""
    made: Any = type("PriceForm", (form,), tier_fields(round_))
    day = _tried_day(request)
    made.base_fields["unit_price"].initial = _tried(request) or round_.unit_price or _standard(round_, on=day)
    made.base_fields["handed_out_on"].help_text = "上限按这一天核算；留空则按节日当天，没有节日当天的按截止日期。"
    if day is not None:
        made.base_fields["handed_out_on"].initial = day
    return made  # type: ignore[no-any-return]


def _standard(round_: Round, *, on: dt.date | None = None) -> Decimal | None:
    """Return the standard; the price of a round of differences is no standard."""
    rule = rule_of(round_, on=on)
    return rule.standard if rule is not None and not round_.selection.get("price_rise") else None


def _tried(request: HttpRequest) -> Decimal | None:
    """Return the price in the address; what is no amount tries nothing."""
    try:
        price = yuan(request.GET.get("try", "").strip() or "0")
    except Refused:
        return None
    return price if price > 0 else None


def _tried_day(request: HttpRequest) -> dt.date | None:
    """Return the day in the address; what is no day tries none."""
    try:
        day: dt.date | None = DayField(required=False).clean(request.GET.get("on", "").strip())
    except ValidationError:
        return None
    return day
