"""Small tables of people with odd values here and there, from which spoilt spreadsheets are made."""

import random
from dataclasses import dataclass
from typing import Any

HEADINGS = ("工号", "姓名", "性别", "出生日期", "手机", "入会时间")
ROWS = (
    ("20230001", "王伟", "男", "1985-06-01", "13800138000", "2010-09-01"),
    ("20230002", "欧阳娜娜", "女", "1990/1/5", "13900139001", "2015-03-01"),
    ("00030003", "阿迪力·买买提", "男", "19780212", "", "2001-07-01"),
    ("20230004", "陈　静", "女", "1983年10月1日", "057188012345", "2008-09-01"),
)
ODD = (
    "NaN", "INF", "-INF", "1e999", "-1e300", "1E+16", "1.2345678901234567E+16", "-0", "0.1", "1985.1", "TRUE",
    "FALSE", "12:30:00", "合计", "合　计", "—", "None", "null", "#N/A", "#REF!", "########", "=1+1",
    '="20230009"', "'=1", "清空", "\u202e20230001", "2023\x07001", "\ufffd", "👍", "\ue863", "䶮", "𠅤",
    "a" * 40_000, "  ", "\t", "\r\n", '"', ",", ";", "2023-02-30", "0000-00-00", "99999999", "9999-12-31",
    "44931", "44931.5", "2958466", "-1", "1900-02-29", "１９８５．６",
)  # fmt: skip


@dataclass(frozen=True)
class Spoilt:
    """A file, its name, and of csv the encoding and the delimiter it was written in (none: nobody can say)."""

    data: bytes
    name: str
    encoding: str = ""
    delimiter: str = ","


def table(dice: random.Random) -> list[list[Any]]:
    """Return the headings and some rows, odd values in a few of the cells."""
    rows = [list(HEADINGS), *(list(row) for row in ROWS[: dice.randint(1, len(ROWS))])]
    for _time in range(dice.choice((0, 0, 1, 1, 2, 5))):
        rows[dice.randrange(1, len(rows))][dice.randrange(len(HEADINGS))] = dice.choice(ODD)
    if dice.random() < 0.2:
        rows.insert(0, ["某某大学教职工信息表"])
    if dice.random() < 0.2:
        rows.append(["合　计", f"{len(rows)}人"])
    return rows
