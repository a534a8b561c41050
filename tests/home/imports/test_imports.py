"""The import page: own uploads only, nothing saved before the confirmation, once however often it is pressed."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from members.people import services as people
from members.people.models import Person
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.home.imports.uploads import page, sheet, upload
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.home.desk.portal import desk_items
from union_portal.home.imports.models import PendingImport
from union_portal.home.imports.services import uploads as imports


def test_a_file_is_previewed_then_saved_once(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["1", "张三", "讲师"], ["2", "李四", "教授"])
    shown = page(client, "import_preview", pending).content.decode()
    assert "职称：讲师" in shown
    assert "没有填写，按非会员登记" in shown
    assert not Person.objects.exists()
    assert [item.address for item in desk_items(officer)] == [reverse("home:import_preview", args=[pending.pk])]
    page(client, "import_confirm", pending, post=True)
    assert Person.objects.count() == 2
    people.change_person(person=Person.objects.get(staff_number="1"), professional_title="副教授")
    page(client, "import_confirm", pending, post=True)
    assert Person.objects.get(staff_number="1").professional_title == "副教授"
    assert AccessEntry.objects.filter(action=Access.IMPORT, user=officer, rows=2).count() == 1
    assert not desk_items(officer)


def test_an_upload_lies_encrypted_and_goes_with_its_confirmation(
    officer: User, uploads: Path, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(officer)
    pending = upload(client, ["1", "张三", "讲师"])
    (stored,) = (uploads / "imports").iterdir()
    assert stored.read_bytes().startswith(b"aes1:")
    with django_capture_on_commit_callbacks(execute=True):
        page(client, "import_confirm", pending, post=True)
    assert Person.objects.exists()
    assert not stored.exists()
    assert page(client, "import_marked", pending).status_code == 302


def test_a_faulty_file_offers_no_button_and_comes_back_marked(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["1", "张三", "讲师"], ["2", "", "教授"])
    shown = page(client, "import_preview", pending).content.decode()
    assert reverse("home:import_confirm", args=[pending.pk]) not in shown
    page(client, "import_confirm", pending, post=True)
    assert not Person.objects.exists()
    assert page(client, "import_marked", pending).content.startswith(b"PK")


def test_what_changed_meanwhile_is_named_and_nothing_is_saved(officer: User) -> None:
    client = signed_in(officer)
    people.register_person(name="张三", staff_number="1", professional_title="讲师")
    pending = upload(client, ["1", "张三", "教授"])
    people.change_person(person=Person.objects.get(), professional_title="副教授")
    answer = page(client, "import_confirm", pending, post=True)
    assert any("2" in str(message) for message in answer.context["messages"])
    assert Person.objects.get().professional_title == "副教授"
    assert "副教授 → 教授" in answer.content.decode()
    page(client, "import_confirm", pending, post=True)
    assert Person.objects.get().professional_title == "教授"


def test_nobody_sees_or_confirms_another_ones_upload(officer: User) -> None:
    pending = upload(signed_in(officer), ["1", "张三", "讲师"])
    other = signed_in(make.account_with_role(Role.ORGANISATION))
    for name in ("import_preview", "import_marked"):
        assert page(other, name, pending).status_code == 404
    for name in ("import_confirm", "import_discard", "import_recheck"):
        assert page(other, name, pending, post=True).status_code == 404
    assert not Person.objects.exists()


@pytest.mark.parametrize("role", [Role.BRANCH_CHAIR, Role.AUDIT, Role.FINANCE])
def test_who_may_not_import_is_refused(role: Role) -> None:
    client = signed_in(make.account_with_role(role))
    answer = client.post(reverse("home:import_upload"), {"kind": "people", "file": sheet(["1", "张三", "讲师"])})
    assert answer.status_code in {403, 422}
    assert client.get(reverse("home:import_template", args=["people"])).status_code == 403
    assert not PendingImport.objects.exists()


def test_who_may_no_longer_import_sees_the_preview_no_more(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["1", "张三", "讲师"])
    officer.role_assignments.update(role=Role.CONGRESS)
    assert page(client, "import_preview", pending).status_code == 404
    assert page(client, "import_confirm", pending, post=True).status_code == 404
    assert pending.file_name not in client.get(reverse("home:import_upload")).content.decode()
    assert not desk_items(officer)


def test_a_file_that_is_no_table_is_refused_at_its_field(officer: User) -> None:
    file = SimpleUploadedFile("x.xlsx", b"no table at all")
    answer = signed_in(officer).post(reverse("home:import_upload"), {"kind": "people", "file": file})
    assert answer.status_code == 422
    assert not PendingImport.objects.exists()


def test_every_template_can_be_had(officer: User) -> None:
    for kind in ("people", "branches", "memberships"):
        answer = signed_in(officer).get(reverse("home:import_template", args=[kind]))
        assert answer.content.startswith(b"PK")


def test_expired_uploads_are_swept_with_their_files(officer: User, uploads: Path) -> None:
    client = signed_in(officer)
    old = upload(client, ["1", "张三", "讲师"])
    kept = upload(client, ["2", "李四", "讲师"])
    PendingImport.objects.filter(pk=old.pk).update(expires_at=timezone.now() - dt.timedelta(hours=1))
    call_command("sweep_uploads", verbosity=0)
    assert list(PendingImport.objects.all()) == [kept]
    assert [file.stem for file in (uploads / "imports").iterdir()] == [str(kept.pk)]
    assert imports.sweep_uploads() == 0


pytestmark = pytest.mark.django_db
