"""What a preview found is kept and read in pages; the file is read again only when somebody asks or confirms."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.people import services as people
from members.people.models import Person
from tests.factories.accounts import signed_in
from tests.home.imports.uploads import page, upload
from union_portal.accounts.models import User
from union_portal.home.imports.enums import Section
from union_portal.home.imports.models import PendingImport, PreviewPage
from union_portal.home.imports.services import uploads as imports


def nameless(count: int) -> list[list[Any]]:
    return [[str(place), "", "讲师"] for place in range(count)]


def test_every_fault_of_a_large_file_can_be_read_in_pages(officer: User) -> None:
    pending = upload(signed_in(officer), *nameless(250), ["x", "张三", "讲师"])
    read = []
    for number in (1, 2, 3):
        part = imports.parts(pending=pending, actor=officer, wanted={Section.FAULTS: number})[0]
        assert (part.pages, part.count) == (3, 250)
        read += [entry["row"] for entry in part.entries]
    assert read == list(range(2, 252))
    beyond = imports.parts(pending=pending, actor=officer, wanted={Section.FAULTS: 99})[0]
    assert beyond.number == 3


def test_paging_keeps_the_place_of_the_other_lists(officer: User) -> None:
    client = signed_in(officer)
    rows = [[f"a{place}", "张三", "讲师"] for place in range(150)]
    pending = upload(client, *nameless(150), *rows)
    shown = page(client, "import_preview", pending, query="?faults=2&new=1").content.decode()
    assert "2 / 2" in shown
    assert "?faults=2&amp;new=2#new" in shown
    assert page(client, "import_preview", pending, query="?faults=x&new=-1").status_code == 200


def test_a_page_costs_as_many_queries_for_many_rows_as_for_few_and_reads_no_file(officer: User, uploads: Path) -> None:
    client = signed_in(officer)
    few, many = upload(client, *nameless(2)), upload(client, *nameless(400))
    for file in (uploads / "imports").iterdir():
        file.unlink()
    counts = []
    for pending in (few, few, many):
        with CaptureQueriesContext(connection) as queries:
            assert page(client, "import_preview", pending).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_comparing_again_sees_what_the_register_says_now(officer: User) -> None:
    client = signed_in(officer)
    people.register_person(name="张三", staff_number="1", professional_title="讲师")
    pending = upload(client, ["1", "张三", "教授"])
    people.change_person(person=Person.objects.get(), professional_title="副教授")
    assert "讲师 → 教授" in page(client, "import_preview", pending).content.decode()
    assert "副教授 → 教授" in page(client, "import_recheck", pending, post=True).content.decode()


def test_an_upload_previewed_by_an_older_version_is_compared_when_it_is_opened(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, *nameless(3))
    PreviewPage.objects.all().delete()
    PendingImport.objects.update(checked_at=None, counts={})
    assert "3 处" in page(client, "import_preview", pending).content.decode()


def test_what_was_found_goes_with_the_confirmation_and_the_sweep(officer: User) -> None:
    client = signed_in(officer)
    saved, old = upload(client, ["1", "张三", "讲师"]), upload(client, ["2", "李四", "讲师"])
    assert {found.pending_id for found in PreviewPage.objects.all()} == {saved.pk, old.pk}
    page(client, "import_confirm", saved, post=True)
    assert {found.pending_id for found in PreviewPage.objects.all()} == {old.pk}
    PendingImport.objects.filter(pk=old.pk).update(expires_at=timezone.now() - dt.timedelta(hours=1))
    assert page(client, "import_preview", old).status_code == 302
    imports.sweep_uploads()
    assert not PreviewPage.objects.exists()


def test_confirming_what_was_found_faulty_reads_nothing_again(officer: User, uploads: Path) -> None:
    client = signed_in(officer)
    pending = upload(client, *nameless(3))
    for file in (uploads / "imports").iterdir():
        file.unlink()
    answer = page(client, "import_confirm", pending, post=True)
    assert any("3 行有问题" in str(message) for message in answer.context["messages"])


pytestmark = pytest.mark.django_db
