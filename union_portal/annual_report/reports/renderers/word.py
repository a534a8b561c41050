"""A report's data as an editable Word document, from the same blocks as the paper.

Type sizes and the grid follow GB/T 9704-2012 as Word can express it: exact line pitch instead of 22 lines a page. Fonts
are named as offices have them; Word shows what the machine has. Charts stay on paper: Word takes no SVG.
"""

import datetime as dt
import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from union_portal.annual_report.reports.renderers.paper import context

Data = dict[str, Any]
_LINE = Pt(28.95)
_BODY, _HEI, _KAI, _TITLE = "仿宋", "黑体", "楷体", "方正小标宋简体"
_ALIGN = {"number": WD_ALIGN_PARAGRAPH.RIGHT, "left": WD_ALIGN_PARAGRAPH.LEFT}


def render_docx(data: Data, *, created: dt.datetime) -> bytes:
    """Return the report as .docx; the same data and date give the same bytes."""
    laid_out = context(data)
    document = Document()
    _page(document)
    _mark(document, laid_out["preview"])
    document.core_properties.title = data["title"]
    document.core_properties.created = document.core_properties.modified = created.replace(tzinfo=None)
    document.core_properties.author = document.core_properties.last_modified_by = data["union"]
    _paragraph(document, data["title"], font=_TITLE, size=22, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    if laid_out["occasion"]:
        _paragraph(document, f"（{laid_out['occasion']}）", font=_KAI, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    if laid_out["speaker"]:
        _paragraph(document, laid_out["speaker"], font=_KAI, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    if laid_out["salutation"]:
        _paragraph(document, laid_out["salutation"], indent=False)
    for text in laid_out["opening"]:
        _paragraph(document, text)
    for chapter in laid_out["chapters"]:
        _heading(document, chapter["number"] + chapter["heading"], level=1)
        _blocks(document, chapter["blocks"])
        for section in chapter["sections"]:
            _heading(document, section["number"] + section["heading"], level=2)
            _blocks(document, section["blocks"])
    for text in laid_out["closing"]:
        _paragraph(document, text)
    for text in (laid_out["signer"], laid_out["signed_on"]):
        _paragraph(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    for number, annex in enumerate(laid_out["annexes"], start=1):
        document.add_page_break()  # type: ignore[no-untyped-call]
        _paragraph(document, f"附件{number}", font=_HEI, indent=False)
        _heading(document, annex["heading"], level=1)
        _blocks(document, annex["blocks"])
    return _same_bytes(document, created)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = map(Mm, (37, 28, 35, 26))
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _face(normal.element.get_or_add_rPr(), _BODY)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = _LINE
    normal.paragraph_format.space_after = Pt(0)
    for level, font in ((1, _HEI), (2, _KAI)):
        style = document.styles[f"Heading {level}"]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(16), False, None
        style.paragraph_format.space_before = Pt(0)
        _face(style.element.get_or_add_rPr(), font)


def _mark(document: Any, text: str) -> None:
    """Write the mark of a preview, if it is one, on top of every page."""
    if not text:
        return
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size = Pt(14)
    _face(run._r.get_or_add_rPr(), _HEI)  # noqa: SLF001


def _face(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for attribute, name in (("w:ascii", "Times New Roman"), ("w:hAnsi", "Times New Roman"), ("w:eastAsia", font)):
        fonts.set(qn(attribute), name)


def _paragraph(
    document: Any, text: str, *, font: str = "", size: float = 0, align: Any = None, indent: bool = True
) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if font:
        _face(run._r.get_or_add_rPr(), font)  # noqa: SLF001
    if size:
        run.font.size = Pt(size)
        paragraph.paragraph_format.line_spacing = Pt(size * 1.6)
    if align is not None:
        paragraph.alignment = align
    if indent:
        _indent(paragraph)


def _indent(paragraph: Any) -> None:
    """Indent by two characters, whatever their size."""
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), "200")
    paragraph._p.get_or_add_pPr().append(indent)  # noqa: SLF001


def _heading(document: Any, text: str, *, level: int) -> None:
    _indent(document.add_heading(text, level=level))


def _blocks(document: Any, blocks: list[Data]) -> None:
    for block in blocks:
        if block["kind"] == "table":
            _table(document, block)
        elif block["kind"] != "chart":
            _paragraph(document, block["text"])


def _table(document: Any, block: Data) -> None:
    unit = f"（单位：{block['unit']}）" if block.get("unit") else ""
    if caption := block["caption"] + unit:
        _paragraph(document, caption, font=_HEI, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    table = document.add_table(rows=1, cols=len(block["columns"]))
    table.style = "Table Grid"
    for cell, column in zip(table.rows[0].cells, block["columns"], strict=True):
        _cell(cell, column["heading"], align="", font=_HEI)
    for row in block["rows"]:
        for cell, content in zip(table.add_row().cells, row["cells"], strict=True):
            _cell(cell, content["text"], align=content["align"], font=_BODY)


def _cell(cell: Any, text: str, *, align: str, font: str) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size = Pt(12)
    _face(run._r.get_or_add_rPr(), font)  # noqa: SLF001
    paragraph.paragraph_format.line_spacing = Pt(18)
    paragraph.alignment = _ALIGN.get(align, WD_ALIGN_PARAGRAPH.CENTER)


def _same_bytes(document: Any, created: dt.datetime) -> bytes:
    """Write the document with one date on every part: the library stamps them with the clock."""
    written = io.BytesIO()
    document.save(written)
    steady = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, created.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return steady.getvalue()
