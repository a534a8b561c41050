"""Sentences by line become paragraphs that read as they did: what an outline of before says is not lost."""

from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from union_portal.annual_report.composing.services.composing import Numbers
from union_portal.base.figures import Figure, sentences
from union_portal.base.periods import Period

moving: Any = import_module("union_portal.annual_report.migrations.0006_words_in_sections")
LINES = [
    SimpleNamespace(key="a", label="春节慰问", sentence="为{heads}名会员发放{label}品[，合计{amount_wan}万元]"),
    SimpleNamespace(key="b", label="女会员", sentence=""),
    SimpleNamespace(key="c", label="住院", sentence="依据[2022]3号慰问{heads}人[，每人{unit_price}元]；"),
    SimpleNamespace(key="d", label="疗休养", sentence="{year}组织{heads}人"),
]
WORDS = {"year": "2022年", "period": "2022年", "union": "工会"}


def read(style: str, **figures: Figure) -> list[str]:
    found = [
        sentences.joined(sentences.said(text, Numbers(figures), WORDS)) for text in moving._paragraphs(style, LINES)
    ]
    return [text for text in found if text]


def figure(key: str, **fields: Any) -> Figure:
    label = next(line.label for line in LINES if line.key == key)
    return Figure(key=key, label=label, kinds=(key,), period=Period.year(2022), **fields)


SPRING = figure("a", heads=517, amount=Decimal("258500.00"))


@pytest.mark.parametrize(
    ("style", "texts"),
    [
        ("summary", ["为517名会员发放春节慰问品，合计25.85万元。", "依据20223号慰问6人。", "疗休养未开展：因疫情。"]),
        ("speech", ["为517名会员发放春节慰问品，合计25.85万元；依据20223号慰问6人；疗休养未开展：因疫情。"]),
    ],
)
def test_a_line_s_sentence_reads_as_it_did(style: str, texts: list[str]) -> None:
    assert read(style, a=SPRING, c=figure("c", heads=6), d=figure("d", heads=0, reason="因疫情")) == texts


@pytest.mark.parametrize("style", ["summary", "speech"])
def test_what_was_not_recorded_is_not_said(style: str) -> None:
    assert read(style, a=SPRING, c=figure("c", heads=0)) == ["为517名会员发放春节慰问品，合计25.85万元。"]
    assert read(style) == []


def test_what_was_typed_keeps_its_brackets_and_names_the_year_it_was_printed_with() -> None:
    report: Any = SimpleNamespace(start=0, period_start=Period.year(2022).start, period_end=Period.year(2022).end)
    typed = moving._filled("{union}{year}依据[2022]3号，{a:heads}人", report, "工会")
    assert typed == "工会2022年依据[2022]3号，{a:heads}人"
