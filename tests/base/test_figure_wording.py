"""How a figure is written: in one way, with separators on screen."""

from decimal import Decimal

import pytest

from union_portal.base.figures import Figure, wording
from union_portal.base.periods import Period


def test_a_share_of_nothing_is_nothing() -> None:
    assert wording.share(5, 0) == ""
    assert wording.share(59, 64) == "92.2%"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"heads": 1024, "times": 1024, "amount": Decimal("50000.00")}, "1024人，50000元"),
        ({"heads": 20, "amount": Decimal("46650.40")}, "20人，46650.40元"),
        ({"heads": 20, "amount": Decimal(30000), "approximations": {"amount": "余"}}, "20人，3万余元"),
        ({"heads": 20, "times": 31, "unit": "次", "approximations": {"times": "余"}}, "20人，31余次"),
        ({"heads": 9, "denominator": 12}, "9人，基数12人"),
        ({"numerator": 59, "denominator": 64, "unit": "%"}, "92.2%（59/64）"),
        ({"numerator": 0, "denominator": 0, "unit": "%"}, "—"),
        ({"reason": "本年未开展"}, "本年未开展"),
        ({}, "—"),
    ],
)
def test_a_value_is_written_with_its_units(told: dict[str, object], words: str) -> None:
    figure = Figure(key="k", label="春节慰问", kinds=("k",), period=Period.year(2022), **told)  # type: ignore[arg-type]
    assert wording.written(figure) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"heads": 1024, "times": 1024, "amount": Decimal("50000.00")}, "1,024人，50,000.00元"),
        ({"heads": 2020, "unit": "次", "approximations": {"heads": "余"}}, "2,020余人"),
        ({"heads": 9, "denominator": 1200}, "9人，基数1,200人"),
        ({"numerator": 1059, "denominator": 2000, "unit": "%"}, "53.0%（1,059/2,000）"),
        ({"reason": "本年未开展"}, "本年未开展"),
        ({}, "—"),
    ],
)
def test_on_screen_numbers_have_separators_and_amounts_two_decimals(told: dict[str, object], words: str) -> None:
    figure = Figure(key="k", label="春节慰问", kinds=("k",), period=Period.year(2022), **told)  # type: ignore[arg-type]
    assert wording.shown(figure) == words
    before = {"unit": "人", "heads": 20, "times": None, "amount": "50000.00", "approximation": "近"}
    assert wording.shown(before) == "近20人，近5万元"
    kept = {"unit": "人", "heads": None, "times": None, "amount": "50000.00"}
    assert wording.shown(kept) == "50,000.00元"
