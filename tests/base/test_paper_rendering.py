"""Documents: the official grid, exact text, stable bytes, no way out of the document."""

import os
import re
import threading
from collections import Counter, defaultdict
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from tests.base import paper_samples as samples
from tests.base.paper_samples import body, reader
from union_portal.base import paper
from union_portal.base.paper.charts import Bar, bar_chart

MM = 96 / 25.4  # the engine places text in CSS pixels


@cache
def report() -> paper.PaperResult:
    """The sample report, rendered once."""
    return paper.render(samples.report_html(), title="工会工作报告", created=samples.CREATED, stylesheet="gongwen")


def lines(page: Any) -> dict[int, str]:
    """Return the text of a page by line, keyed by its height above the foot in tenths of a point."""
    found: dict[int, str] = defaultdict(str)

    def visit(text: str, _cm: Any, tm: list[float], *_: Any) -> None:
        if text.strip():
            found[round(tm[5] * 10)] += text.strip()

    page.extract_text(visitor_text=visit)
    return {y: found[y] for y in sorted(found, reverse=True)}


def test_a_page_holds_22_lines_of_28_characters() -> None:
    result = body("<p class=plain>" + "工" * 28 * 50 + "</p>")
    found = [text for text in reader(result).pages[0].extract_text().split("\n") if "工" in text]
    assert [len(line.strip()) for line in found] == [28] * 22
    assert result.pages == 3


def test_the_type_area_begins_28_mm_from_the_binding_and_26_from_the_outer_edge() -> None:
    pages = reader(body("<p class=plain>" + "工" * 28 * 50)).pages
    for page, left in zip(pages, (28, 26), strict=False):
        starts: set[float] = set()

        def visit(text: str, _cm: Any, tm: list[float], *_: Any, into: set[float] = starts) -> None:
            if "工" in text:
                into.add(round(tm[4] / MM, 1))

        page.extract_text(visitor_text=visit)
        assert starts == {left}


def test_an_indented_line_still_reaches_the_28th_character() -> None:
    text = reader(body("<p>" + "工" * 80 + "</p>")).pages[0].extract_text().split("\n")
    assert [len(line.strip()) for line in text if "工" in line] == [26, 28, 26]


def test_a_rare_character_from_another_font_does_not_change_the_grid() -> None:
    plain, rare = body("<p>" + "工" * 28 * 60), body("<p>" + f"工{samples.RARE}工" * 60 * 28)
    text = reader(rare).pages[0].extract_text().split("\n")
    assert sum("工" in line for line in text) == 22
    assert plain.pages == 3


def test_page_numbers_stand_outside_between_dashes_and_restart_after_the_contents() -> None:
    pages = reader(report()).pages
    numbers = [re.search(r"— ?(\d+) ?—", page.extract_text()) for page in pages]
    assert [int(number[1]) for number in numbers if number] == list(range(1, len(pages) - 1))
    for page, number in zip(pages[2:], range(1, 9), strict=False):
        spots: list[float] = []

        def visit(text: str, _cm: Any, tm: list[float], *_: Any, into: list[float] = spots) -> None:
            if "—" in text:
                into.append(tm[4])

        page.extract_text(visitor_text=visit)
        assert spots
        assert (spots[0] > 150 * MM) == bool(number % 2), "odd pages right, even pages left"


def test_the_contents_name_each_heading_with_its_page() -> None:
    contents = reader(report()).pages[0].extract_text()
    assert re.search(r"一、围绕中心，服务学校发展\W*1", contents)
    assert re.search(r"（一）节日慰问按时送达\W*2", contents)


def test_bookmarks_nest_as_the_headings_do() -> None:
    outline = reader(report()).outline
    titles = [[entry.title for entry in item] if isinstance(item, list) else item.title for item in outline]
    assert titles[:3] == [
        "一、围绕中心，服务学校发展",
        "二、普惠服务",
        ["（一）节日慰问按时送达", "（二）困难帮扶有温度"],
    ]
    assert titles[-1] == "普惠服务明细"


def test_every_chinese_character_of_the_source_is_in_the_text_rare_names_included() -> None:
    source = re.sub(r"<title>.*?</title>|<[^>]+>", "", samples.report_html().split("<body>")[1])
    paper.check_text(report(), source)
    paper.check_text(report(), samples.RARE)


def test_the_characters_counted_are_those_that_a_reader_finds_in_the_finished_file() -> None:
    charted = body(f"<p>工会{samples.RARE}</p>{bar_chart([Bar('文学院', 8)], title='会员', unit='人')}")
    for result in (report(), charted):
        found = Counter(
            re.findall(
                "[\u3400-\u9fff\U00020000-\U000323af]", "".join(page.extract_text() for page in reader(result).pages)
            )
        )
        assert result.characters == found


def test_a_character_missing_from_the_text_is_named() -> None:
    with pytest.raises(paper.PaperError, match="鑫"):
        paper.check_text(report(), "工会鑫")


def test_a_character_that_stands_there_less_often_is_named() -> None:
    with pytest.raises(paper.PaperError, match="堃"):
        paper.check_text(body("<p>堃"), "堃堃")


@pytest.mark.parametrize("stylesheet", ["gongwen", "form", "statement", "application"])
def test_every_paper_refuses_a_character_without_shape_and_says_which_and_where(stylesheet: Any) -> None:
    html = "<html lang=zh><title>t</title><body><p>关于食堂\ue863改造的提案</p><p>好👍𲎠</p>"
    with pytest.raises(paper.PaperError) as refused:
        paper.render(html, title="试", created=samples.CREATED, stylesheet=stylesheet, archival=False)
    assert "U+E863，见“关于食堂\ue863改造的提案”" in str(refused.value)
    assert "U+323A0" in str(refused.value)


def test_the_fonts_that_were_drawn_are_told() -> None:
    assert len(report().fonts) >= 5
    assert not [name for name in report().fonts if "DejaVu" in name]


def test_the_same_input_gives_the_same_bytes() -> None:
    again = paper.render(samples.report_html(), title="工会工作报告", created=samples.CREATED, stylesheet="gongwen")
    assert again == report()


def test_no_file_or_address_is_fetched_for_the_content(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("工会机密")
    result = body(
        f'<p>正文</p><img alt="x" src="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">'
        f'<object data="{secret.as_uri()}"></object><style>@import url("{secret.as_uri()}");</style>',
    )
    assert not reader(result).attachments
    assert "机密" not in reader(result).pages[0].extract_text()


def test_the_metadata_declare_both_archive_and_accessibility_and_the_given_date() -> None:
    found = reader(report())
    xmp = found.trailer["/Root"]["/Metadata"].get_data().decode()
    assert xmp.count("<rdf:RDF") == 1
    assert "pdfaid:part" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert found.trailer["/Root"]["/Lang"] == "zh-Hans-CN"
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert found.metadata is not None
    assert found.metadata.title == "工会工作报告"
    assert found.metadata.creation_date == samples.CREATED


def test_headings_descend_one_level_at_a_time() -> None:
    levels: list[int] = []

    def walk(node: Any) -> None:
        for child in node if isinstance(node, list) else [node]:
            item = child.get_object()
            if isinstance(item, list):
                walk(item)
            elif hasattr(item, "get"):
                if re.fullmatch(r"/H\d", str(item.get("/S"))):
                    levels.append(int(item["/S"][2]))
                if "/K" in item:
                    walk(item["/K"])

    walk(reader(report()).trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert levels[0] == 1
    assert len(levels) == 9
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_attachments_travel_inside_with_their_purpose() -> None:
    item = paper.Attachment("rows.csv", "姓名\r\n陈堃".encode(), "名册", samples.CREATED)
    found = reader(body("<p>正文", attachments=[item]))
    assert found.attachments["rows.csv"] == [item.content]
    assert found.trailer["/Root"]["/AF"][0].get_object()["/AFRelationship"] == "/Data"
    with pytest.raises(paper.PaperError, match=r"名册\.csv"):
        body("<p>正文", attachments=[paper.Attachment("名册.csv", b"", "", samples.CREATED)])


def test_a_document_without_a_time_zone_is_refused() -> None:
    with pytest.raises(paper.PaperError):
        paper.render("<p>", title="t", created=datetime(2026, 1, 1), stylesheet="gongwen")  # noqa: DTZ001 - the point


def test_progress_only_grows_and_ends_at_one() -> None:
    told: list[float] = []
    body("<p>正文", progress=lambda share, _what: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) >= 5


def test_a_line_break_in_the_source_is_no_space_between_chinese_characters() -> None:
    text = reader(body("<p>工会\n      会员</p>")).pages[0].extract_text()
    assert "工会会员" in text


def test_threads_take_turns() -> None:
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(body("<p>工会").pdf)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3
    assert len(set(results)) == 1


def test_a_forked_child_leaves_its_parents_fonts_alone() -> None:
    before = body("<p>工会").pdf
    child = os.fork()
    if not child:
        os._exit(0 if body("<p>工会").pdf == before else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert body("<p>工会").pdf == before


@pytest.mark.parametrize(("rows", "pages"), [(20, 1), (21, 2), (45, 3)])
def test_a_sign_off_sheet_has_20_rows_a_page_under_repeated_heads(rows: int, pages: int) -> None:
    result = paper.render(samples.sheet_html(rows), title="签收表", created=samples.CREATED, stylesheet="form")
    assert result.pages == pages
    for number, page in enumerate(reader(result).pages, 1):
        text = page.extract_text()
        for part in (
            "青岚学院工会",
            "2026年春节慰问签收表",
            "信息工程学院分工会",
            "姓名",
            f"第 {number} 页，共 {pages} 页",
        ):
            assert part in text
        places = re.findall(r"2019\d{4}", text)
        assert len(places) == min(20, rows - 20 * (number - 1))


def test_signature_boxes_are_9_mm_high() -> None:
    result = paper.render(samples.sheet_html(20), title="签收表", created=samples.CREATED, stylesheet="form")
    heights = [y for y, text in lines(reader(result).pages[0]).items() if "2019" in text]
    steps = {round((above - below) / 10 / MM, 1) for above, below in pairwise(heights)}
    assert steps == {9.0}


def test_a_statement_is_one_quiet_page() -> None:
    result = paper.render(samples.statement_html(), title="福利享受单", created=samples.CREATED, stylesheet="statement")
    assert result.pages == 1
    paper.check_text(result, "会员福利享受单陈堃春节慰问合计")


def test_a_report_is_well_formed_for_other_programs() -> None:
    writer = PdfWriter(clone_from=reader(report()))
    assert len(writer.pages) == report().pages
