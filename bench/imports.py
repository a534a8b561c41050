"""Imports of the HR spreadsheet against COPY + upsert of the same rows, and against django-import-export's defaults.

All three start from the same parsed cells (reading the file is timed by itself) and fill `members_person` with its
triggers; ours and COPY + upsert also fill memberships and branch assignments. COPY + upsert trusts the file: it turns
dates and words into values, encrypts, and makes the search and sort keys, but judges, compares and reports nothing.
The defaults are a ModelResource with the same fields and nothing else set, which writes people only; and one whose
hooks add the keys, the membership and the branch by the ORM, which is what ours does, less the judging.
"""

import datetime as dt
import functools
from collections import defaultdict
from typing import Any

from django.db import connection, transaction
from import_export import resources
from tablib import Dataset

from bench import trusting
from bench.measuring import Spent, ratio, spent, table
from members.branches.models import Branch, BranchAssignment
from members.memberships.enums import MembershipStart
from members.memberships.models import Membership
from members.people.models import Person
from members.people.services import keys_of
from members.register.resources.people import PeopleResource
from tests.members.register import hr_spreadsheet
from union_portal.base.importing.datasets import BookDataset
from union_portal.base.importing.preview import Status
from union_portal.base.spreadsheets.reading import Book, read_book

FIELDS = {
    "职工号": "staff_number",
    "姓名": "name",
    "性别": "gender",
    "出生年月": "birth_date",
    "身份证号码": "identity_number",
    "手机号码": "mobile",
    "人员类别": "employment",
    "岗位类别": "post_category",
    "专业技术职务": "professional_title",
    "民族": "ethnicity",
    "政治面貌": "political_status",
    "参加工作时间": "first_work_on",
    "工资卡号": "bank_card",
    "开户行": "bank_name",
}


class DefaultResource(resources.ModelResource):
    """What django-import-export does when nothing is set but the fields; writes people without keys."""

    class Meta:
        model = Person
        fields = tuple(FIELDS.values())
        import_id_fields = ("staff_number",)


class WholeResource(DefaultResource):
    """The same with its documented hooks doing the rest of our work: keys, membership, branch."""

    def before_save_instance(self, instance: Person, row: Any, **_kwargs: Any) -> None:
        """Make the keys."""
        del row
        instance.search_key, instance.pinyin_key, instance.stroke_key = keys_of(instance.name)

    def after_save_instance(self, instance: Person, row: Any, **_kwargs: Any) -> None:
        """Begin membership and assignment."""
        joined, branch = row["joined_on"], Branch.objects.get(name=row["branch"])
        Membership.objects.create(person=instance, valid_from=joined, began_by=MembershipStart.JOINED)
        BranchAssignment.objects.create(person=instance, branch=branch, valid_from=joined)


def measure(*, quick: bool = False) -> None:
    """Measure new and unchanged rows at both sizes, print tables and ratios."""
    hr_spreadsheet.found_branches()
    _compare(200 if quick else 10_000, runs=2 if quick else 3, defaults=True)
    _compare(500 if quick else 100_000, runs=1, defaults=False)


def _compare(count: int, *, runs: int, defaults: bool) -> None:
    people = hr_spreadsheet.rows(count)
    file = hr_spreadsheet.workbook(people)
    times: dict[str, list[Spent]] = defaultdict(list)
    books: list[Book] = []
    times["reading the xlsx (both)"].append(spent(lambda: books.append(read_book(file))))
    book = books[0]
    _parse_once(book)
    for _run in range(runs):
        with transaction.atomic():
            times["new: COPY + upsert"].append(spent(lambda: trusting.copy_and_upsert(book)))
            _analyse()
            times["unchanged: COPY + upsert"].append(spent(lambda: trusting.copy_and_upsert(book)))
            transaction.set_rollback(True)
        _vacuum()
        with transaction.atomic():
            times["new: ours, preview"].append(spent(lambda: _ours(book, save=False)))
            times["new: ours, confirm"].append(spent(lambda: _ours(book, save=True)))
            _analyse()
            times["unchanged: ours, preview"].append(spent(lambda: _ours(book, save=False)))
            times["unchanged: ours, confirm"].append(spent(lambda: _ours(book, save=True)))
            transaction.set_rollback(True)
        _vacuum()
    if defaults:
        dataset = _dataset(people)
        for name, resource in _DEFAULTS.items():
            with transaction.atomic():
                times[name].append(spent(functools.partial(_defaults, resource, dataset)))
                transaction.set_rollback(True)
            _vacuum()
    medians = table(f"Import of {count:,} people, already parsed cells", times)
    for kind in ("new", "unchanged"):
        theirs = medians[f"{kind}: COPY + upsert"]
        ratio(f"{kind}: confirm / COPY + upsert", medians[f"{kind}: ours, confirm"], theirs, most=2)
        ratio(f"{kind}: preview / COPY + upsert", medians[f"{kind}: ours, preview"], theirs, most=2)
    if defaults:
        both = medians["new: ours, confirm"] + medians["new: ours, preview"]
        for name in _DEFAULTS:
            ratio(f"{name} / confirm", medians["new: ours, confirm"], medians[name], least=30)
            ratio(f"{name} / (preview + confirm)", both, medians[name], least=30)


def _ours(book: Book, *, save: bool) -> None:
    preview = PeopleResource()._run(BookDataset(book), dry_run=not save)  # noqa: SLF001
    assert not preview.faulty
    assert preview.saved is save
    if not save:
        # As the page keeps them.
        words = [(row.label, row.changes) for row in preview.rows if row.status in {Status.NEW, Status.CHANGED}]
        assert len(words) == preview.new + preview.changed


def _parse_once(book: Book) -> None:
    """Let both sides find the readings and strokes of the characters in memory, as they are in a running server."""
    with transaction.atomic():
        head = Book(sheets=[type(book.sheets[0])(name="", rows=book.sheets[0].rows[:200])], digest="", kind="xlsx")
        _ours(head, save=True)
        trusting.copy_and_upsert(head)
        transaction.set_rollback(True)


def _vacuum() -> None:
    """Let no side meet the rows that the other took back."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM members_person, members_membership, members_branchassignment")


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_person, members_membership, members_branchassignment")


def _dataset(people: list[list[Any]]) -> Dataset:
    """Return the same people in the words that the defaults understand: values and ISO dates."""
    places = {hr_spreadsheet.HEADINGS.index(heading): field for heading, field in FIELDS.items()}
    joined, branch = hr_spreadsheet.HEADINGS.index("入会时间"), hr_spreadsheet.HEADINGS.index("部门工会")
    rows = []
    for raw in people:
        values = trusting.plain(raw)
        rows.append([_iso(values[place]) for place in places])
        rows[-1] += [trusting.chinese(raw[joined]).isoformat(), raw[branch]]
    return Dataset(*rows, headers=[*places.values(), "joined_on", "branch"])


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _defaults(resource: type[DefaultResource], dataset: Dataset) -> None:
    result = resource().import_data(dataset, dry_run=False, raise_errors=True)
    assert result.totals["new"] == len(dataset)


_DEFAULTS = {"defaults, people only": DefaultResource, "defaults, all three tables": WholeResource}
