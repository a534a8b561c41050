"""Charts: readable by people, screen readers and the strictest content policy."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from union_portal.base.paper.charts import Bar, bar_chart, wrap

SVG = "{http://www.w3.org/2000/svg}"


def tree(bars: list[Bar]) -> ET.Element:
    return ET.fromstring(bar_chart(bars, title="各分工会会员人数", unit="人"))  # noqa: S314 - our own markup


def test_a_chart_says_in_words_what_it_shows() -> None:
    svg = tree([Bar("文学院", 86), Bar("医学院", 1187)])
    assert svg.findtext(f"{SVG}title") == "各分工会会员人数（人）：文学院 86，医学院 1,187"
    assert svg.get("role") == "img"


def test_bars_stand_on_one_zero_line_and_are_as_tall_as_their_values() -> None:
    bars = list(tree([Bar("甲", 50), Bar("乙", 100), Bar("丙", 0)]).iter(f"{SVG}rect"))
    heights = [Decimal(bar.attrib["height"]) for bar in bars]
    feet = {Decimal(bar.attrib["y"]) + Decimal(bar.attrib["height"]) for bar in bars}
    assert heights == [heights[1] / 2, heights[1], 0]
    assert len(feet) == 1


@pytest.mark.parametrize("count", [1, 12])
def test_one_to_twelve_bars_stay_inside_the_picture(count: int) -> None:
    for bar in tree([Bar("后勤保障与资产管理处", 10 + n) for n in range(count)]).iter(f"{SVG}rect"):
        assert float(bar.attrib["x"]) >= 0
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= 640


@pytest.mark.parametrize("bars", [[], [Bar("甲", 1)] * 13, [Bar("甲", -1)]])
def test_what_cannot_be_drawn_honestly_is_refused(bars: list[Bar]) -> None:
    with pytest.raises(ValueError, match="bar chart"):
        bar_chart(bars, title="题", unit="人")


def test_no_markup_of_a_label_gets_into_the_page_and_nothing_offends_a_strict_policy() -> None:
    markup = bar_chart([Bar("<script>&", 1)], title="<b>", unit="人")
    assert "<script" not in markup
    assert "<b>" not in markup
    assert "style" not in markup


def test_the_same_bars_give_the_same_markup() -> None:
    assert bar_chart([Bar("甲", 1)], title="题", unit="人") == bar_chart([Bar("甲", 1)], title="题", unit="人")


@pytest.mark.parametrize(
    ("label", "per_line", "lines"),
    [
        ("外国语学院", 4, ["外国语", "学院"]),
        ("文学院", 4, ["文学院"]),
        ("后勤保障与资产管理处", 4, ["后勤保障", "与资产管", "理处"]),
        ("互助保障（住院医疗）", 3, ["互助保", "障（住", "院医疗）"]),
        ("2026年1月", 4, ["2026年", "1月"]),
        ("一二三四五六七八九十", 2, ["一二", "三四", "五六", "七…"]),
    ],
)
def test_long_labels_wrap_evenly(label: str, per_line: int, lines: list[str]) -> None:
    assert wrap(label, per_line) == lines
