"""COPY + upsert of the HR spreadsheet by hand, trusting every cell: the least an import of these rows could do."""

import datetime as dt
from typing import Any

from django.db import connection

from members.branches.models import Branch
from members.people.models import Person
from members.people.resources import EMPLOYMENT, GENDER, POLITICAL, POST
from members.people.services import keys_of
from tests.members.register import hr_spreadsheet
from union_portal.base.encryption import indexer
from union_portal.base.spreadsheets.reading import Book

COLUMNS = (
    *("staff_number", "name", "search_key", "pinyin_key", "stroke_key", "kind", "gender", "birth_date", "employment"),
    *("post_category", "professional_title", "ethnicity", "political_status", "first_work_on", "mobile"),
    *("identity_number", "identity_index", "bank_card", "bank_index", "bank_name"),
)
UPSERT = f"""
INSERT INTO members_person
({", ".join(COLUMNS)}, department, identity_kind, marital_state, email, note, reading, created_at, updated_at)
SELECT {", ".join(COLUMNS)}, '', '', '', '', '', '', now(), now() FROM bench_rows
ON CONFLICT (staff_number) DO UPDATE SET
{", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS)}, updated_at = now()
"""
# ORDER BY: their exclusion constraints' indexes grow three times as quickly in order.
MEMBERSHIPS = """
INSERT INTO members_membership (person_id, valid_from, state, began_by, ended_by, counterpart, document)
SELECT p.id, r.joined_on, 'active', 'joined', '', '', '' FROM bench_rows r JOIN members_person p USING (staff_number)
WHERE NOT EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = p.id) ORDER BY p.id
"""
ASSIGNMENTS = """
INSERT INTO members_branchassignment (person_id, branch_id, valid_from)
SELECT p.id, r.branch_id, r.joined_on FROM bench_rows r JOIN members_person p USING (staff_number)
WHERE NOT EXISTS (SELECT 1 FROM members_branchassignment a WHERE a.person_id = p.id) ORDER BY p.id
"""


def copy_and_upsert(book: Book) -> None:
    """Make stored values of the cells, COPY them into a temporary table and upsert the three tables from it."""
    branches = dict(Branch.objects.values_list("name", "pk"))
    seal_identity = Person._meta.get_field("identity_number").sealer()  # noqa: SLF001
    seal_card = Person._meta.get_field("bank_card").sealer()  # noqa: SLF001
    blind_index = indexer()
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE bench_rows ON COMMIT DROP AS SELECT {', '.join(COLUMNS)}, "
            "NULL::date AS joined_on, NULL::bigint AS branch_id FROM members_person WITH NO DATA"
        )
        names = ", ".join((*COLUMNS, "joined_on", "branch_id"))
        with cursor.copy(f"COPY bench_rows ({names}) FROM STDIN") as copy:
            for raw in book.sheets[0].rows[1:]:
                (number, name, gender, born, identity, mobile, branch, employment) = raw[:8]
                (post, title, ethnicity, political, work, joined, card, bank) = raw[8:]
                copy.write_row(
                    (
                        *(number, name, *keys_of(name), "staff", GENDER[gender], born, EMPLOYMENT[employment]),
                        *(POST[post], title, ethnicity, POLITICAL[political], _slashed(work), mobile),
                        *(seal_identity(identity), blind_index(identity), seal_card(card), blind_index(card), bank),
                        *(chinese(joined), branches[branch]),
                    )
                )
        for statement in ("ANALYZE bench_rows", UPSERT, MEMBERSHIPS, ASSIGNMENTS, "DROP TABLE bench_rows"):
            cursor.execute(statement)


def plain(raw: list[Any]) -> list[Any]:
    """Return a row's values in the sheet's order, words and dates turned into what the database holds."""
    values = list(raw)
    for heading, words in (("性别", GENDER), ("人员类别", EMPLOYMENT), ("岗位类别", POST), ("政治面貌", POLITICAL)):
        place = hr_spreadsheet.HEADINGS.index(heading)
        values[place] = words[values[place]]
    place = hr_spreadsheet.HEADINGS.index("参加工作时间")
    values[place] = _slashed(values[place])
    return values


def _slashed(text: str) -> dt.date:
    year, month, day = text.split("/")
    return dt.date(int(year), int(month), int(day))


def chinese(text: str) -> dt.date:
    """Return the day of 2011年3月5日."""
    return dt.date(int(text[:4]), *map(int, text[5:-1].split("月")))
