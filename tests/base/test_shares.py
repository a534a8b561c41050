"""Shares are read however rules write them, and written so that nobody has to count."""

from decimal import Decimal
from fractions import Fraction

import pytest

from union_portal.base.shares import exact, read, written


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("0.6", "0.6000", "60%"), ("60%", "0.6000", "60%"), ("60", "0.6000", "60%"), ("60％", "0.6000", "60%"),
        ("2/3", "0.6667", "三分之二"), ("三分之二", "0.6667", "三分之二"), ("3分之2", "0.6667", "三分之二"),
        ("三分之一", "0.3333", "三分之一"), ("二分之一", "0.5000", "50%"), ("33.35%", "0.3335", "33.35%"),
        ("1", "1.0000", "100%"), ("100%", "1.0000", "100%"),
    ],
)  # fmt: skip
def test_a_share_is_read_and_written(typed: str, kept: str, shown: str) -> None:
    share = read(typed)
    assert share is not None
    assert (str(share), written(share)) == (kept, shown)


@pytest.mark.parametrize("typed", ["", "0", "101", "3/2", "1/0", "多数", "半数", "三分之", "-5%", "1.5.2"])
def test_what_is_no_share_is_not_read(typed: str) -> None:
    assert read(typed) is None


def test_two_thirds_of_eighteen_are_twelve() -> None:
    assert exact(Decimal("0.6667")) * 18 == Fraction(12)
