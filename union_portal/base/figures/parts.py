"""The parts of a figure that a text may quote as `{key:part}`, each in the words in which reports tell it."""

from decimal import ROUND_HALF_UP, Decimal

from union_portal.base.figures import Figure, Item
from union_portal.base.figures.wording import WAN, counted, in_wan, rate, share, word_of, yuan
from union_portal.base.money import exact, whole
from union_portal.base.periods import Period

_SOME = 3
# What each part is called where somebody chooses one.
PARTS = {
    "heads": "人数",
    "times": "次数",
    "count": "数量",
    "amount": "金额（元）",
    "amount_wan": "金额",
    "told": "数量和金额",
    "unit_price": "单价",
    "share": "比率",
    "numerator": "分子",
    "denominator": "基数",
    "change": "较上年",
    "per_year": "年均",
    "items": "名称",
    "some": "前三项",
    "dated": "日期",
    "largest": "最多",
    "previous_heads": "上年人数",
    "previous_times": "上年次数",
    "previous_amount_wan": "上年金额",
    "reason": "原因",
    "none": "为零",
    "label": "名目",
    "unit": "单位",
}


def parts(figure: Figure, *, decimals: int = 2) -> dict[str, str]:
    """Return every part that the figure has; what it does not know is absent."""
    values = {"label": figure.label, "unit": figure.unit, "reason": figure.reason}
    values |= _measures(figure, decimals)
    values["change"] = change(figure, decimals=decimals)
    values["per_year"] = _per_year(figure)
    titles = [item.text for item in figure.items]
    values["items"] = _listed(titles)
    more = max(len(titles), figure.times or 0) > len(titles[:_SOME])
    values["some"] = _listed(titles[:_SOME]) + ("等" if titles and more else "")
    values["dated"] = _listed([_dated(item, figure.period) for item in figure.items])
    values["largest"] = _listed([_counted(item, figure.unit) for item in figure.largest])
    if figure.previous is not None:
        values |= {f"previous_{name}": text for name, text in _measures(figure.previous, decimals).items()}
    found = {name: text for name, text in values.items() if text}
    if not figure.reason and 0 in (figure.heads, figure.times) and not (figure.heads or figure.times):
        found["none"] = ""
    return found


def change(figure: Figure, *, decimals: int = 2) -> str:
    """Return how the figure changed since a period earlier, in words; nothing where there is nothing to compare.

    Told of what the figure counts in the first place, and of no number that the source itself calls approximate.
    """
    before = figure.previous
    if before is None or figure.approximate or before.approximate or before.empty or figure.reason:
        return ""
    now, then = _first(figure), _first(before)
    if now is None or not then:
        return ""
    since, apart = _since(figure, before), Decimal(now) - Decimal(then)
    if not apart:
        return f"与{since}持平"
    if figure.unit == "%":
        return f"比{since}{'提高' if apart > 0 else '降低'}{whole(abs(apart))}个百分点"
    if figure.heads is None and figure.times is None:
        told = _amount(abs(apart), decimals=decimals)
    else:
        told = f"{abs(int(apart))}{_unit(figure) if figure.heads is None else '人'}"
    return f"比{since}{'增加' if apart > 0 else '减少'}{told}"


def _amount(amount: Decimal, *, decimals: int, word: str = "") -> str:
    """Return an amount with its unit: 元 with two decimals or none below ten thousand, 万元 from there on."""
    if abs(amount) < WAN:
        return yuan(amount, word, digits=exact)
    return in_wan(amount, word, decimals=decimals)


def _measures(figure: Figure, decimals: int) -> dict[str, str]:
    words = figure.__dict__
    numbers = {"heads": figure.heads, "times": figure.times}
    values = {name: counted(number, word_of(words, name)) for name, number in numbers.items() if number is not None}
    count = [f"{values['heads']}人"] if "heads" in values else []
    # Fewer times than people are occasions, told where the text says which.
    if "times" in values and (not count or (figure.times or 0) > (figure.heads or 0)):
        count.append(f"{values['times']}{_unit(figure)}")
    values["count"] = "、".join(count)
    told = [values["count"]]
    if figure.amount is not None:
        word = word_of(words, "amount")
        values["amount"] = yuan(figure.amount, word, digits=exact)
        values["amount_wan"] = _amount(figure.amount, decimals=decimals, word=word)
        told.append(f"合计{values['amount_wan']}" if figure.amount else "")
    values["told"] = "，".join(one for one in told if one)
    if figure.unit_price is not None:
        values["unit_price"] = exact(figure.unit_price)
    sides = {"numerator": figure.numerator, "denominator": figure.denominator}
    values |= {name: exact(number) for name, number in sides.items() if number is not None}
    values["share"] = rate(figure).replace(".0%", "%")
    return values


def _unit(figure: Figure) -> str:
    return {"人": "人次", "元": "次"}.get(figure.unit, figure.unit)


def _first(figure: Figure) -> int | Decimal | None:
    """Return what the figure counts in the first place; of a ratio the percentage as it is written."""
    if figure.unit == "%":
        if figure.share is not None or figure.numerator is None or not figure.denominator:
            return figure.share
        return Decimal(share(figure.numerator, figure.denominator).removesuffix("%"))
    return next((one for one in (figure.heads, figure.times, figure.amount) if one is not None), None)


def _since(figure: Figure, before: Figure) -> str:
    """Return what the figure is compared with: 上年 only where it is a year's."""
    if figure.period is not None:
        return "上年" if figure.period.whole_months == 12 else "上一统计期"
    days = (figure.as_of - before.as_of).days if figure.as_of and before.as_of else 0
    return "上年" if days in (365, 366) else "上一统计期"


def _per_year(figure: Figure) -> str:
    months = figure.period.whole_months if figure.period else 0
    if figure.times is None or months < 24 or months % 12:
        return ""
    return whole((Decimal(figure.times) * 12 / months).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def _listed(texts: list[str]) -> str:
    """Return a list in words; titles in 《》 stand side by side without a comma (GB/T 15834)."""
    return "、".join(texts).replace("》、《", "》《")


def _dated(item: Item, period: Period | None) -> str:
    """Return a title after its day; the year is told where the figure is of several."""
    if item.on is None:
        return item.text
    several = period is not None and period.start.year != period.end.year
    return f"{item.on.year}年" * several + f"{item.on.month}月{item.on.day}日{item.text}"


def _counted(item: Item, unit: str) -> str:
    return f"{item.text}{item.times}{unit}" if item.times is not None else item.text
