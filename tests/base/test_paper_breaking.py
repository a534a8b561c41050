"""Where tables, lines and pages break: numbers stand whole, no mark begins a line, no page holds two lines."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from tests.base import paper_samples as samples
from tests.base.paper_samples import body, reader
from union_portal.base import paper
from union_portal.base.paper import blocks
from union_portal.base.paper.columns import columns_of

MM = 96 / 25.4  # the engine places text in CSS pixels


def test_numbers_of_seven_digits_stand_whole_in_their_own_cells() -> None:
    headings = ["项目", "人数", "人次", "金额", "上年同期人数"]
    row = [
        ("春节慰问", "left"),
        *((text, "number") for text in ("1,234,567", "1,234,568", "12,345,678.90", "1,234,569")),
    ]
    block = blocks.table("", "", headings, [row, row])
    page = reader(body(render_to_string("paper/_blocks.html", {"blocks": [block]}))).pages[0]
    starts: dict[str, float] = {}

    def visit(text: str, _cm: Any, tm: list[float], *_: Any) -> None:
        starts.setdefault(text.strip(), tm[4] / MM)

    page.extract_text(visitor_text=visit)
    left, shares = 28.0, columns_of(block).shares
    assert round(sum(shares), 1) == 100
    for share, (text, _align) in zip(shares, row, strict=True):
        assert starts[text] > left + 0.4
        left += share * 156 / 100


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    rows = [
        [("2023-030", ""), ("关于进一步改善教职工就餐条件并延长晚间供应时间的提案", "left"), ("满意", "")],
    ]
    number, title, grade = columns_of(blocks.table("", "", ["编号", "案由", "评价"], rows)).shares
    assert title > 3 * number > 3 * grade
    many = blocks.table("", "", ["单位", *"甲乙丙丁戊己庚辛"], [[("后勤处", "left"), *[("1,234,567", "number")] * 8]])
    assert columns_of(many).small


@pytest.mark.parametrize("mark", ["·", "～", "/", "—"])
def test_no_line_begins_with_a_mark_that_may_not_begin_one(mark: str) -> None:
    for before in range(18, 32):
        text = reader(body(f"<p>{'文' * before}{mark}买{'字' * 30}</p>")).pages[0].extract_text()
        begun = [line.strip() for line in text.replace("— 1 —", "").split("\n")]
        assert not [line for line in begun if line.startswith(mark)], before


def test_the_end_of_a_paper_takes_text_along_to_its_last_page() -> None:
    for lines_before in range(14, 22):
        chapter = {"number": "", "heading": "", "blocks": [samples.paragraph("工" * 28 * lines_before)]}
        html = samples.report_html(contents=False, occasion="", speaker="", chapters=[chapter], annexes=[])
        last = reader(paper.render(html, title="试", created=samples.CREATED, stylesheet="gongwen")).pages[-1]
        text = last.extract_text()
        assert "共创学院" not in text or "工工" in text, lines_before


def test_the_last_row_of_a_table_never_stands_alone_on_a_page() -> None:
    for count in range(26, 36):
        block = blocks.table(
            "", "", ["项目", "人数"], [[(f"第{n}项", "left"), (str(n), "number")] for n in range(count)]
        )
        html = render_to_string("paper/_blocks.html", {"blocks": [block, blocks.note("注：一。")]})
        last = reader(body(html)).pages[-1].extract_text()
        assert last.count("项") != 1 + last.count("项目"), count
        assert "第" in last, count
