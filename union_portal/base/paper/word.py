"""A laid-out paper as an editable Word document: the same context as the template of official papers, the same words.

Type sizes and the grid follow GB/T 9704-2012 as Word can express it: exact line pitch instead of 22 lines a page. Fonts
are named as offices have them; Word shows what the machine has. A chart becomes the table of its bars, unless another
table says the same (`said`).
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from union_portal.base.paper.columns import Columns, columns_of
from union_portal.base.texts import readable

Data = Mapping[str, Any]
_LINE = Pt(28.95)
_BODY, _HEI, _KAI, _TITLE, _SONG = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
_CENTRE, _RIGHT, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
_ALIGN = {"number": _RIGHT, "left": _LEFT}
_WIDTH = Mm(156)
# The bookmark of a heading, with its number behind it.
_PLACE = "place"


def write_docx(laid_out: Data, *, created: dt.datetime, author: str) -> bytes:
    """Return the paper as .docx; the same context and date give the same bytes."""
    document = Document()
    _page(document)
    _running(document, laid_out.get("preview", ""))
    about = document.core_properties
    about.title, about.author, about.last_modified_by = laid_out["title"], author, author
    about.created = about.modified = created.replace(tzinfo=None)
    if laid_out.get("contents"):
        _contents(document, laid_out)
    _opening(document, laid_out)
    for chapter, section in _parts(laid_out):
        if heading := (section or chapter)["number"] + (section or chapter)["heading"]:
            _heading(document, heading, level=2 if section else 1)
        _blocks(document, (section or chapter)["blocks"])
    _end(document, laid_out)
    annexes = laid_out.get("annexes", ())
    for place, annex in enumerate(annexes, start=1):
        mark = _paragraph(document, f"附件{place if len(annexes) > 1 else ''}", font=_HEI, indent=False)
        mark.paragraph_format.page_break_before = True
        _title(document, annex["heading"])
        _blocks(document, annex["blocks"])
    return _same_bytes(document, created)


def _parts(laid_out: Data) -> Iterator[tuple[Data, Data | None]]:
    """Yield each chapter, then its sections."""
    for chapter in laid_out["chapters"]:
        yield chapter, None
        for section in chapter.get("sections", ()):
            yield chapter, section


def _end(document: Any, laid_out: Data) -> None:
    """Write what ends the text; it takes the last of it along, so that it never stands on a page of its own."""
    last = document.paragraphs[-1:]
    last += [_paragraph(document, text) for text in laid_out.get("closing", ())]
    annexes = laid_out.get("annexes", ())
    for place, annex in enumerate(annexes, start=1):
        number = f"{place}. " if len(annexes) > 1 else ""
        last.append(_paragraph(document, f"{'附件：' if place == 1 else '　　　'}{number}{annex['heading']}"))
    if laid_out.get("signer"):
        last.append(_paragraph(document, laid_out["signer"], align=_RIGHT, indent=False))
        _paragraph(document, laid_out["signed_on"], align=_RIGHT, indent=False)
        for paragraph in last:
            _keep(paragraph)


def _contents(document: Any, laid_out: Data) -> None:
    """Write the contents page: each heading leads to its place, Word works out the page it stands on."""
    _paragraph(document, "目　录", font=_TITLE, size=22, align=_CENTRE, indent=False)
    entries = [(2 if section else 1, (section or chapter)) for chapter, section in _parts(laid_out)]
    told = [(level, part["number"] + part["heading"]) for level, part in entries if part["heading"]]
    annexes = laid_out.get("annexes", ())
    told += [(1, f"附件{n if len(annexes) > 1 else ''}　{one['heading']}") for n, one in enumerate(annexes, start=1)]
    for place, (level, text) in enumerate(told):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Pt(0 if level == 1 else 28)
        paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        _run(paragraph, f"{text}\t", font=_HEI if level == 1 else _KAI, size=14)
        _field(_run(paragraph, "", font=_SONG, size=14), f"PAGEREF {_PLACE}{place} \\h")
    document.add_page_break()


def _opening(document: Any, laid_out: Data) -> None:
    for line in laid_out.get("title_lines") or [laid_out["title"]]:
        _paragraph(document, line, font=_TITLE, size=22, align=_CENTRE, indent=False)
    occasion = laid_out.get("occasion", "")
    for text in (f"（{occasion}）" if occasion else "", laid_out.get("speaker", "")):
        if text:
            _paragraph(document, text, font=_KAI, align=_CENTRE, indent=False)
    if laid_out.get("salutation"):
        _paragraph(document, laid_out["salutation"], indent=False)
    for text in laid_out.get("opening", ()):
        _paragraph(document, text)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = map(Mm, (37, 28, 35, 26))
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
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


def _running(document: Any, mark: str) -> None:
    """Put page numbers below, outside, and the mark of a preview, if it is one, on top of every page."""
    section = document.sections[0]
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, _LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
            run = _run(paragraph, text, font=_SONG, size=14)
            if field:
                _field(run, field)
    for header in (section.header, section.even_page_header) if mark else ():
        paragraph = header.paragraphs[0]
        paragraph.alignment = _CENTRE
        _run(paragraph, mark, font=_HEI, size=14)


def _field(run: Any, name: str) -> None:
    """Let Word work out what stands here."""
    for kind in ("begin", "", "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = name
        run._r.append(part)  # noqa: SLF001


def _face(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for attribute, name in (("w:ascii", "Times New Roman"), ("w:hAnsi", "Times New Roman"), ("w:eastAsia", font)):
        fonts.set(qn(attribute), name)


def _run(paragraph: Any, text: str, *, font: str = "", size: float = 0) -> Any:
    run = paragraph.add_run(readable(text))
    if font:
        _face(run._r.get_or_add_rPr(), font)  # noqa: SLF001
    if size:
        run.font.size = Pt(size)
    return run


def _paragraph(
    document: Any, text: str, *, font: str = "", size: float = 0, align: Any = None, indent: bool = True
) -> Any:
    paragraph = document.add_paragraph()
    _run(paragraph, text, font=font, size=size)
    if size:
        paragraph.paragraph_format.line_spacing = Pt(size * 1.6)
    if align is not None:
        paragraph.alignment = align
    if indent:
        _indent(paragraph)
    return paragraph


def _keep(paragraph: Any) -> None:
    paragraph.paragraph_format.keep_with_next = True


def _indent(paragraph: Any) -> None:
    """Indent by two characters, whatever their size; other programs than Word take the two characters of the text."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "640")


def _heading(document: Any, text: str, *, level: int) -> None:
    heading = document.add_heading(readable(text), level=level)
    _indent(heading)
    _marked_place(document, heading)


def _title(document: Any, text: str) -> None:
    """Write an annex's heading: a heading of the document, in the dress of a title."""
    heading = document.add_heading("", level=1)
    _run(heading, text, font=_TITLE, size=22)
    heading.alignment, heading.paragraph_format.line_spacing = _CENTRE, Pt(22 * 1.6)
    _marked_place(document, heading)


def _marked_place(document: Any, heading: Any) -> None:
    """Name the heading's place for the contents, by its number among the headings."""
    place = sum(1 for _one in document.element.body.iter(qn("w:bookmarkStart")))
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(place))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), f"{_PLACE}{place}")
        heading._p.append(mark)  # noqa: SLF001


def _blocks(document: Any, blocks: Iterable[Data]) -> None:
    """Write blocks; what a chart becomes follows the table that says more."""
    ordered = sorted(blocks, key=lambda block: block["kind"] == "chart")
    for place, block in enumerate(ordered, start=1):
        if block["kind"] == "table":
            _table(document, block)
        elif block["kind"] == "chart":
            if not block.get("said"):
                _table(document, block["table"], whole=True)
        elif block["kind"] == "note":
            small = bool(block.get("small"))
            note = _paragraph(document, block["text"], size=10.5 if small else 12, indent=False)
            # No page that holds the last of them alone.
            note.paragraph_format.keep_with_next = small and len(ordered) - 3 <= place < len(ordered)
        else:
            _paragraph(document, block["text"])


def _table(document: Any, block: Data, *, whole: bool = False) -> None:
    unit = f"（单位：{block['unit']}）" if block.get("unit") else ""
    if caption := block["caption"] + unit:
        _keep(_paragraph(document, caption, font=_HEI, align=_CENTRE, indent=False))
    columns = columns_of(block)
    table = document.add_table(rows=0, cols=len(block["columns"]))
    table.style, table.autofit = "Table Grid", False
    _padded(table)
    heads = [{"text": column["heading"], "align": ""} for column in block["columns"]]
    _row(table, heads, columns, font=_HEI)
    _marked(table.rows[0], "w:tblHeader")
    for row in block["rows"]:
        _row(table, row["cells"], columns, font=_HEI if row.get("total") else _BODY)
    for row in table.rows[:-1] if whole else ():
        for cell in row.cells:
            _keep(cell.paragraphs[0])
    for column, share in zip(table.columns, columns.shares, strict=True):
        column.width = int(_WIDTH * share / 100)


def _row(table: Any, cells: Iterable[Data], columns: Columns, *, font: str) -> None:
    row = table.add_row()
    _marked(row, "w:cantSplit")
    for cell, content, share in zip(row.cells, cells, columns.shares, strict=True):
        cell.width = int(_WIDTH * share / 100)
        paragraph = cell.paragraphs[0]
        _run(paragraph, str(content["text"]), font=font, size=10.5 if columns.small else 12)
        paragraph.paragraph_format.line_spacing = Pt(18)
        paragraph.alignment = _ALIGN.get(content["align"], _CENTRE)


def _padded(table: Any) -> None:
    """Leave as much room beside the words of a cell as the paper does, so that a name keeps to one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "68")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001


def _marked(row: Any, mark: str) -> None:
    """Mark a row: `w:tblHeader` stands again on every page, `w:cantSplit` is never parted by the end of one."""
    row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001


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
