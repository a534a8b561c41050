"""Workbooks written by hand, as no program at hand would write them."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def text(place: str, words: str) -> str:
    """Return a cell that holds a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'


def row(number: int, *cells: str, more: str = "") -> str:
    """Return a row: a cell that is no XML yet is a text in its place."""
    made = [
        cell if cell.startswith("<c ") else text(f"{chr(65 + i)}{number}", cell) for i, cell in enumerate(cells) if cell
    ]
    return f'<row r="{number}"{more}>{"".join(made)}</row>'


def sheet(*rows: str, after: str = "") -> str:
    """Return a sheet's XML."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def workbook(
    *sheets: str, names: tuple[str, ...] = (), texts: tuple[str, ...] = (), parts: Mapping[str, str] | None = None
) -> io.BytesIO:
    """Return an xlsx of these sheets; `texts` are its shared ones, `parts` further parts or such in place of these."""
    places = range(1, len(sheets) + 1)
    names = names or tuple(f"Sheet{place}" for place in places)
    listed = "".join(f'<sheet name={quoteattr(names[p - 1])} sheetId="{p}" r:id="rId{p}"/>' for p in places)
    links = "".join(
        f'<Relationship Id="rId{p}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{p}.xml"/>' for p in places
    )
    links += f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    links += f'<Relationship Id="rIdT" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{p}.xml" ContentType="{kind}.worksheet+xml"/>' for p in places
    )
    shared = "".join(f"<si><t>{escape(one)}</t></si>" for one in texts)
    held = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
        **{f"xl/worksheets/sheet{p}.xml": sheets[p - 1] for p in places},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out
