"""A benefit for an occasion has one name, in the ledger, on paper and on the screen."""

import pytest

from welfare.benefits.models import Benefit, Occasion


@pytest.mark.parametrize(
    ("occasion", "benefit", "name"),
    [
        ("2027年春节", "春节慰问品", "2027年春节慰问品"),
        ("2026年国庆节", "国庆节慰问品", "2026年国庆节慰问品"),
        ("2026年5月生日", "生日蛋糕券", "2026年5月生日蛋糕券"),
        ("2027年春节", "节日慰问品", "2027年春节慰问品"),
        ("2026年妇女节", "三八妇女节慰问品", "2026年三八妇女节慰问品"),
        ("", "结婚慰问", "结婚慰问"),
    ],
)
def test_what_both_say_is_said_once(occasion: str, benefit: str, name: str) -> None:
    assert Benefit(name=benefit).given_on(Occasion(name=occasion)) == name
