"""The engine is changed in four places; these tests fail when its inside moves with a new version."""

import inspect
import io
from typing import Any

import weasyprint
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from weasyprint.layout import inline
from weasyprint.pdf import fonts
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration

from tests.base import paper_samples as samples
from union_portal.base import paper
from union_portal.base.paper import hooks
from union_portal.base.paper.hooks import breaking, justification, subsetting


def pdf(html: str) -> Any:
    result = paper.render(html, title="试", created=samples.CREATED, stylesheet="gongwen")
    return PdfReader(io.BytesIO(result.pdf))


def test_the_engine_is_the_version_the_hooks_were_written_for() -> None:
    assert weasyprint.__version__ == "70.0"
    assert list(inspect.signature(fonts.Font._harfbuzz_subset).parameters) == ["self", "to_unicode", "hinting"]
    assert list(inspect.signature(justification._original).parameters) == ["context", "line", "extra_width"]
    assert list(inspect.signature(breaking._original).parameters) == ["self", "text", "justify"]
    assert hasattr(DocumentMetadata, "generate_rdf_metadata")
    assert hasattr(FontConfiguration, "_folder")


def test_the_hooks_are_in_place_once_the_engine_is_used() -> None:
    pdf("<p>工会")
    assert fonts.Font.subset is subsetting.subset
    assert inline.justify_line is justification.justify_line
    assert line_break.Layout.set_text is breaking.set_text


def test_only_the_used_characters_of_a_font_are_embedded() -> None:
    for page in pdf("<p>工会 12").pages:
        for reference in page["/Resources"]["/Font"].values():
            descriptor = reference.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            stream = descriptor.get("/FontFile3") or descriptor["/FontFile2"]
            content = stream.get_object().get_data()
            assert len(content) < 2_000_000
            font: Any = TTFont(io.BytesIO(content), lazy=True)
            assert len([code for code in font.getBestCmap() if code > 0x3000]) <= 2


def test_a_chinese_line_ends_at_the_margin_and_its_text_stays_whole() -> None:
    page = pdf("<p class=plain>" + "会员4,382人次比上年增加9.6%，" * 12).pages[0]
    text = page.extract_text().replace("\n", "")
    assert "会员4,382人次比上年增加9.6%，会员4,382人次" in text


def test_every_full_chinese_line_is_as_wide_as_the_type_area() -> None:
    hooks.install()
    document = weasyprint.HTML(string="<p>" + "会员4,382人次比上年增加9.6%，" * 12).render(
        stylesheets=[weasyprint.CSS(string="@page{size:156mm 225mm;margin:0}*{margin:0;text-align:justify}")]
    )
    paragraph = document.pages[0]._page_box.children[0].children[0].children[0]
    ends = [line.children[0].position_x + line.children[0].width for line in paragraph.children[:-1]]
    gaps = [end - paragraph.width for end in ends]
    assert len(gaps) >= 2
    assert all(-1 < gap < 2 for gap in gaps)


def test_mostly_latin_lines_are_left_to_the_engine() -> None:
    assert "federation of trade unions" in pdf("<p>" + "federation of trade unions " * 20).pages[0].extract_text()
