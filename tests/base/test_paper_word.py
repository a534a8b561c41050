"""The Word twin of a paper: the same words, page numbers, headings on every page, rows whole."""

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from tests.base import paper_samples as samples
from union_portal.base.paper.blocks import text_of
from union_portal.base.paper.word import write_docx


def written(**changes: object) -> Any:
    made = write_docx(samples.context(**changes), created=samples.CREATED, author="工会")
    assert made == write_docx(samples.context(**changes), created=samples.CREATED, author="工会")
    return Document(io.BytesIO(made))


def test_the_words_are_those_of_the_paper() -> None:
    document = written()
    found = "\n".join(paragraph.text for paragraph in document.paragraphs)
    found += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    missing = [text for text in text_of(samples.context()).split("\n") if text not in found]
    assert missing == []


def test_a_table_over_a_page_repeats_its_headings_and_parts_no_row() -> None:
    for table in written().tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert not table.autofit


def test_the_contents_of_the_paper_lead_to_the_headings() -> None:
    assert "目　录" not in [paragraph.text for paragraph in written(contents=False).paragraphs]
    document = written(contents=True)
    texts = [paragraph.text for paragraph in document.paragraphs]
    headings = [one for one in document.paragraphs if one.style.name.startswith("Heading")]
    entries = [one for one in document.paragraphs if "PAGEREF" in one._p.xml]
    assert texts[0] == "目　录"
    assert len(entries) == len(headings)
    for place, (entry, heading) in enumerate(zip(entries, headings, strict=True)):
        assert f"PAGEREF place{place} " in entry._p.xml
        assert f'w:name="place{place}"' in heading._p.xml
        assert heading.text in entry.text


def test_nothing_that_ends_a_paper_stands_on_a_page_of_its_own() -> None:
    document = written()
    texts = [one.text for one in document.paragraphs]
    day = texts.index(samples.context()["signed_on"])
    kept = [one.paragraph_format.keep_with_next for one in document.paragraphs[:day]]
    assert kept[-2:] == [True, True]
    chapters: Any = samples.context()["chapters"]
    indented = document.paragraphs[texts.index(chapters[0]["blocks"][0]["text"])]
    assert 'w:firstLine="640"' in indented._p.xml


def test_pages_are_numbered_outside_and_a_preview_is_marked_on_both_sides() -> None:
    document = written(preview="草稿（预览）")
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "草稿（预览）"
