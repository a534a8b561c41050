"""Money is exact, and its words are those a bank accepts."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from union_portal.base.errors import Refused
from union_portal.base.money import grouped, rmb_upper, shares, wan, whole, yuan


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1,234.5", "1234.50"),
        ("￥100", "100.00"),
        ("１００．５０元", "100.50"),
        (7, "7.00"),
        (Decimal("1.10"), "1.10"),
        ("-3", "-3.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(written: Any, amount: str) -> None:
    assert str(yuan(written)) == amount


@pytest.mark.parametrize(
    "written", [1.5, True, None, "1.005", "abc", "", "1e3", "NaN", "1_000", Decimal("Infinity"), Decimal("0.001")]
)
def test_what_is_not_exact_is_refused(written: Any) -> None:
    with pytest.raises(Refused):
        yuan(written)


def test_negative_zero_does_not_exist() -> None:
    assert str(yuan("-0.00")) == "0.00"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.53", "伍角叁分"),
        ("10.50", "壹拾元零伍角整"),
        ("10", "壹拾元整"),
        ("10001", "壹万零壹元整"),
        ("100000000", "壹亿元整"),
        ("1010010", "壹佰零壹万零壹拾元整"),
        ("123456789012.34", "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"),
        ("1000000000000", "壹万亿元整"),
        ("-20.01", "负贰拾元零壹分"),
    ],
)
def test_capital_numerals(amount: str, words: str) -> None:
    assert rmb_upper(Decimal(amount)) == words


def test_capital_numerals_are_not_cut_off() -> None:
    with pytest.raises(Refused):
        rmb_upper(Decimal("1.005"))


_VALUES = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def _read_back(words: str) -> Decimal:
    """Read capital numerals by the rules of a person: section by section."""
    total = section = digit = 0
    for word in words.removesuffix("整").split("元")[0] if "元" in words else "":
        if word in _VALUES:
            digit = _VALUES[word]
        elif word in _UNITS:
            section, digit = section + digit * _UNITS[word], 0
        elif word == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif word == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    small = words.rsplit("元", maxsplit=1)[-1]
    jiao = _VALUES[small[small.index("角") - 1]] if "角" in small else 0
    fen = _VALUES[small[small.index("分") - 1]] if "分" in small else 0
    return Decimal(total + section + digit) + Decimal(jiao * 10 + fen) / 100


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=10**13))
def test_capital_numerals_read_back_to_the_same_amount(cents: int) -> None:
    amount = Decimal(cents) / 100
    words = rmb_upper(amount)
    assert _read_back(words) == amount
    assert "零零" not in words
    assert not words.startswith("零")


def test_amounts_in_figures() -> None:
    assert grouped(Decimal(260500)) == "260,500.00"
    assert grouped(Decimal("-1234.5")) == "-1,234.50"
    assert grouped(1024) == "1,024"
    assert (whole(Decimal("260500.00")), whole(Decimal("0.50")), whole(1024)) == ("260500", "0.5", "1024")
    assert wan(Decimal("13612000.00")) == "1361.2"
    assert wan(Decimal("50.00")) == "0.01"
    assert wan(Decimal("100000.00")) == "10"
    assert wan(Decimal(260549), decimals=1) == "26.1"


@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=20))
def test_shares_add_up_to_one_hundred_where_equal_parts_let_them(parts: list[int]) -> None:
    found = shares(parts)
    apart = len(set(parts)) == len(parts)
    assert sum(found) == 100 or not apart or not any(parts)
    assert Decimal(100) - len(parts) * Decimal("0.1") < sum(found) <= 100 or not any(parts)
    assert len(set(zip(parts, found, strict=True))) == len(set(parts))
    assert all(
        abs(share - Decimal(part) * 100 / (sum(parts) or 1)) < Decimal("0.1")
        for share, part in zip(found, parts, strict=True)
    )


def test_equal_parts_have_equal_shares() -> None:
    assert shares([1, 1, 1]) == [Decimal("33.3")] * 3
    assert sum(shares([7, 7, 3, 1, 11])) == 100
    assert shares([1, 1, 5]) == [Decimal("14.3"), Decimal("14.3"), Decimal("71.4")]
    assert shares([2, 1, 0, 0]) == [Decimal("66.7"), Decimal("33.3"), Decimal("0.0"), Decimal("0.0")]


def test_negative_parts_have_no_share() -> None:
    with pytest.raises(Refused):
        shares([1, -1])
