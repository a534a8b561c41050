"""Exact yuan: reading, writing in figures and in words, and shares that add up."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from union_portal.base.errors import Refused

CENT = Decimal("0.01")
LIMIT = Decimal(10) ** 16
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
_NUMERALS = "零壹贰叁肆伍陆柒捌玖"


def yuan(value: Decimal | int | str) -> Decimal:
    """Return an amount in yuan with exactly two decimals.

    Takes text as people write it (1,234.50, ￥100, 100元). Refused: float, what is no number, and more than two
    decimals, for rounding somebody's money is nobody's to do in silence.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise Refused(f"{value} 不是精确金额，请以文本或十进制小数给出。", code="amount")
    try:
        amount = Decimal(_plain(value) if isinstance(value, str) else value)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise Refused(f"“{value}”不是金额，请写成 1234.50 的样式。", code="amount")
    if abs(amount) >= LIMIT:
        raise Refused(f"{value} 超出了金额上限。", code="amount")
    exact = amount.quantize(CENT)
    if exact != amount:
        raise Refused(f"{value} 的小数超过两位，请精确到分。", code="decimals")
    return exact + 0  # no negative zero


def _plain(text: str) -> str:
    cleaned = text.strip().translate(_FULL_WIDTH).removeprefix("￥").removeprefix("¥").removesuffix("元")
    cleaned = cleaned.strip().replace(",", "")
    return cleaned if set(cleaned) <= set("0123456789.-+") else "NaN"  # no exponents, no 1_000


def rmb_upper(amount: Decimal) -> str:
    """Return an amount in the capital numerals of vouchers (人民币大写), by 《支付结算办法》 annex 1.

    整 follows 元 and 角; a gap of zeros, and a zero before 角 or 分, is said once as 零; negatives begin with 负.
    """
    cents = int(yuan(amount) * 100)
    sign, cents = ("负", -cents) if cents < 0 else ("", cents)
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    if not cents:
        return "零元整"
    words = _integer(whole) + "元" if whole else ""
    if not jiao and not fen:
        return f"{sign}{words}整"
    if whole and (not jiao or whole % 10 == 0):
        words += "零"
    words += f"{_NUMERALS[jiao]}角" if jiao else ""
    words += f"{_NUMERALS[fen]}分" if fen else "整"
    return sign + words


def _integer(number: int) -> str:
    """Write a positive integer, the larger unit first; 零 wherever the smaller part does not fill its places."""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾")):
        if number >= unit:
            head, rest = divmod(number, unit)
            gap = "零" if 0 < rest < unit // 10 else ""
            return _integer(head) + name + gap + (_integer(rest) if rest else "")
    return _NUMERALS[number]


def grouped(number: Decimal | int) -> str:
    """Write a number as it stands on screen: with thousands separators, and an amount with two decimals."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.2f}"


def whole(number: Decimal | int) -> str:
    """Write a rate or a mean with no needless decimals; an amount in yuan is written by `exact`."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(number: Decimal | int) -> str:
    """Write a number as reports do on paper, without separators; an amount has two decimals or none: 46650.40."""
    return str(number) if isinstance(number, int) else f"{number:.2f}".removesuffix(".00")


def wan(amount: Decimal, *, decimals: int = 2) -> str:
    """Write an amount in 万元, rounded half up to the decimals, trailing zeros dropped."""
    return whole((amount / 10_000).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def shares(parts: Sequence[Decimal | int], places: int = 1) -> list[Decimal]:
    """Return each part's percentage of their total, adding up to 100 (largest remainder) where equal parts let it.

    Equal parts have equal shares: three equal thirds are 33.3 each. Zeros if the total is zero; Refused if a part is
    negative.
    """
    exact = [Decimal(part) for part in parts]
    if any(part < 0 for part in exact):
        raise Refused("计算占比的各项不能为负数。", code="shares")
    total = sum(exact, Decimal(0))
    step = Decimal(1).scaleb(-places)
    if not total:
        return [Decimal(0).quantize(step) for _part in exact]
    slots = 100 * 10**places
    floors = [int(part * slots // total) for part in exact]
    left = slots - sum(floors)
    # Of the sets of equal parts that may be rounded up, those with the most to gain that fill up what is left.
    best: dict[int, tuple[Decimal, frozenset[Decimal]]] = {0: (Decimal(0), frozenset())}
    for part, times in Counter(exact).items():
        if not (rest := part * slots % total):
            continue
        for size, (gain, chosen) in list(best.items()):
            more = (gain + rest * times, chosen | {part})
            if size + times <= left and more[0] > best.get(size + times, (-1,))[0]:
                best[size + times] = more
    up = best[max(best)][1]
    floors = [floor + (part in up) for floor, part in zip(floors, exact, strict=True)]
    return [(Decimal(floor) * step).quantize(step) for floor in floors]
