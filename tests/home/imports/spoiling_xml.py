"""Workbooks whose XML says odd things: numbers, references, kinds of cells, merges, names and links of sheets."""

import io
import random
import re
import zipfile

from tests.base.spreadsheets import handmade
from tests.home.imports.tables import Spoilt, table

NUMBERS = (
    "NaN", "INF", "-INF", "inf", "1e999", "-1e300", "1E400", "", " 1 ", "1_000", "0x10", "1,5", "٣", "--1",
    "1e", "1e-400", "9" * 400, "2958466", "-1", "60", "0.99999999", "1985.1", "12345678901234567890",
    "1.7976931348623157E308",
)  # fmt: skip
PLACES = (
    "XFD1048576", "KM199999", "A1048576", "ZZZ1", "A0", "A01", "a2", "2A", "", "$A$2", "A99999999999999999999", "工2",
    "R1C1", "B2", "AAAA1", "A-1",
)  # fmt: skip


def _rows_of_xml(dice: random.Random, texts: list[str]) -> list[str]:
    lines = []
    for number, row in enumerate(table(dice), 1):
        made = []
        for place, words in enumerate(row):
            where = f"{chr(65 + place)}{number}"
            clean = re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", words)[:2_000]
            if dice.random() < 0.5:
                made.append(handmade.text(where, clean) if clean else "")
            elif clean:
                texts.append(clean)
                made.append(f'<c r="{where}" t="s"><v>{len(texts) - 1}</v></c>')
        lines.append(f'<row r="{number}">{"".join(made)}</row>')
    return lines


def _odd_cell(dice: random.Random, number: int) -> str:
    where = f"{dice.choice('ABCDEF')}{number}"
    odd = dice.choice(NUMBERS)
    return dice.choice(
        (
            f'<c r="{where}"><v>{odd}</v></c>',
            f'<c r="{where}" s="1"><v>{odd}</v></c>',
            f'<c r="{where}" t="s"><v>{odd}</v></c>',
            f'<c r="{where}" t="{dice.choice(("e", "b", "d", "n", "x", "", "S"))}"><v>{odd}</v></c>',
            f'<c r="{where}"><f>DATE(1985,10,1)</f></c>',
            f'<c r="{where}" t="str"><f>A1</f><v>{odd}</v></c>',
            f'<c r="{where}" t="e"><v>#N/A</v></c>',
            f'<c r="{where}"><v>1</v><v>2</v></c>',
            f"<c><v>{odd}</v></c>",
            f'<c r="{where}" t="inlineStr"><is><r><t>王</t></r><r><t>伟</t></r></is></c>',
            f'<c r="{where}" t="inlineStr"><is><t>_x0041_</t></is></c>',
            f'<c r="{where}" t="str"><v><![CDATA[<c r="A9"><v>1</v></c>]]></v></c>',
            f'<c r="{where}" t="str"><v>&lt;b&gt;&#20013;</v></c>',
            f'<c r="{where}" s="9999"><v>{odd}</v></c>',
            f'<!-- <c r="{where}"><v>1</v></c> -->',
        )
    )


def odd_xml(dice: random.Random) -> Spoilt:
    """The sheet's XML says odd things, or is none."""
    texts: list[str] = []
    lines = _rows_of_xml(dice, texts)
    place = dice.randrange(1, len(lines))
    number = place + 1
    match dice.randrange(6):
        case 0 | 1:
            lines[place] = f'<row r="{number}">{_odd_cell(dice, number)}</row>'
        case 2:
            cells = re.findall(r"<c .*?</c>", lines[place])
            kept = [cell for cell in cells if dice.random() < 0.8]
            dice.shuffle(kept if dice.random() < 0.3 else cells)
            lines[place] = f'<row r="{number}">{"".join([*kept, _odd_cell(dice, number)])}</row>'
        case 3:
            lines.append(
                f'<row r="{dice.choice((1, number, 10**6, 1048576, 10**12, "x"))}">{_odd_cell(dice, number)}</row>'
            )
        case 4:
            lines[place] = lines[place].replace(f'r="A{number}"', f'r="{dice.choice(PLACES)}"')
        case _:
            lines.append(f'<row r="{len(lines) + 1}"><c r="{dice.choice(PLACES)}" t="str"><v>x</v></c></row>')
    merges = (
        "", "A1:XFD1048576", "A2:A4", "A1:B2", "B4:B2", "A2:A3", "C2:C1048576", "x", "C2:C3",
    )  # fmt: skip
    chosen = dice.choice(merges)
    after = f'<mergeCells><mergeCell ref="{chosen}"/></mergeCells>' if chosen else ""
    xml = handmade.sheet(*lines, after=after)
    if dice.random() < 0.3:
        spot = dice.randrange(len(xml))
        xml = dice.choice(
            (
                xml[:spot] + xml[spot + 1 :],
                xml[:spot],
                xml[:spot] + dice.choice("<>&\"'/\x00é") + xml[spot:],
                xml.replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
                '<!DOCTYPE a [<!ENTITY b "c">]>' + xml,
                '<?xml version="1.0" encoding="UTF-16"?>' + xml,
                xml.replace("row", "Row"),
            )
        )
    if dice.random() < 0.1 and texts:
        texts.pop()
    return Spoilt(handmade.workbook(xml, texts=tuple(texts)).getvalue(), "a.xlsx")


def odd_workbook(dice: random.Random) -> Spoilt:
    """Sheets are hidden, share a name or a part, lead nowhere or outside."""
    texts: list[str] = []
    sheets = [handmade.sheet(*_rows_of_xml(dice, texts)) for _time in range(2)]
    file = handmade.workbook(*sheets, names=("在职", dice.choice(("在职", "离退休", ""))), texts=tuple(texts))
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    match dice.randrange(6):
        case 0:
            parts[book] = parts[book].replace('sheetId="1"', f'sheetId="1" state="{dice.choice(("hidden", "x"))}"')
        case 1:
            parts[book] = parts[book].replace("rId1", dice.choice(("rId2", "rId9", "", "rIdS")))
        case 2:
            parts[links] = parts[links].replace(
                "worksheets/sheet1.xml", dice.choice(("../x.xml", "/xl/styles.xml", ""))
            )
        case 3:
            parts[links] = parts[links].replace("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")
        case 4:
            parts["xl/styles.xml"] = parts["xl/styles.xml"].replace('numFmtId="14"', 'numFmtId="99999999999"')
        case _:
            parts["xl/sharedStrings.xml"] = dice.choice(("", "<sst/>", "<sst><si><t>王", parts["xl/sharedStrings.xml"]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return Spoilt(out.getvalue(), "a.xlsx")
