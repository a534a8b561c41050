"""Numbers in sentences: optional parts, the source's own words, and numbers nobody counted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from union_portal.annual_report.composing.services import wording
from union_portal.base.figures import Figure
from union_portal.base.figures.wording import written
from union_portal.base.periods import Period


def figure(**fields: object) -> Figure:
    return Figure(key="k", label="春节慰问", kinds=("k",), period=Period.year(2022), **fields)  # type: ignore[arg-type]


def test_a_part_in_brackets_goes_when_its_number_is_missing() -> None:
    sentence = "为{heads}名会员发放慰问品[，合计{amount_wan}万元]"
    assert wording.fill(sentence, wording.parts(figure(heads=517))) == "为517名会员发放慰问品"
    full = wording.parts(figure(heads=517, amount=Decimal("258500.00")))
    assert wording.fill(sentence, full) == "为517名会员发放慰问品，合计25.85万元"


def test_the_sources_own_word_stays_with_the_number() -> None:
    assert wording.parts(figure(heads=20, approximations={"heads": "近"}))["heads"] == "近20"
    assert wording.parts(figure(amount=Decimal(4170000), approximations={"amount": "余"}))["amount_wan"] == "417余"


@pytest.mark.parametrize(
    ("amount", "word", "in_yuan", "in_wan"),
    [
        (100000, "近", "近十万元", "近十万元"),
        (4170000, "余", "417余万元", "417余万元"),
        (258500, "约", "约258500元", "约25.85万元"),
        (5000, "余", "5000余元", "5000余元"),
        (100000, "整", "100000元整", "10万元"),
        (100000, "", "100000元", "10万元"),
    ],
)
def test_an_amount_takes_its_unit_along(amount: int, word: str, in_yuan: str, in_wan: str) -> None:
    values = {"k": figure(heads=3, amount=Decimal(amount), approximations={"amount": word} if word else {})}
    assert (
        wording.fill_narrative("{k:heads}人、{k:amount}元、{k:amount_wan}万元", values) == f"3人、{in_yuan}、{in_wan}"
    )


def test_a_rate_that_the_source_gives_stands_without_its_parts() -> None:
    rate = figure(unit="%", share=Decimal(98), approximations={"share": "近"})
    assert (wording.parts(rate)["share"], written(rate)) == ("近98%", "近98%")
    assert written(replace(rate, numerator=59, denominator=60)) == "近98%（59/60）"


def test_a_narrative_quotes_live_figures_and_leaves_unknown_keys_to_be_seen() -> None:
    found = wording.fill_narrative("惠及{k:heads}人，{nobody:heads}人", {"k": figure(heads=3)})
    assert found == "惠及3人，{nobody:heads}人"


def test_numbers_typed_by_hand_are_named_unless_a_figure_backs_them() -> None:
    counted = [figure(heads=517, amount=Decimal("258500.00"))]
    text = "2022年1月为517名会员发放25.85万元，第3届委员会组织12场讲座，1,024人参加，《2022年要点》〔2022〕5号"
    assert wording.unbacked(text, counted) == ["12", "1,024"]


def test_what_is_less_than_ten_thousand_is_told_in_yuan() -> None:
    for amount, words in ((Decimal(120), "120元"), (Decimal("9999.50"), "9999.50元"), (Decimal(12000), "1.2万元")):
        premium = figure(amount=amount)
        filled = wording.fill("办理保障[，保费合计{amount_wan}万元]。", wording.parts(premium))
        assert filled == f"办理保障，保费合计{words}。"
        assert wording.fill_narrative("列支{x:amount_wan}万元。", {"x": premium}) == f"列支{words}。"
    assert wording.fill("{amount_wan}万元", wording.parts(figure())) == "{amount_wan}万元"
