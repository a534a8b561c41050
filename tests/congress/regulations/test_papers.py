"""The paper of a record: entered at the desk, kept under a random name, given out by its door alone."""

import hashlib
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.regulations.models import Regulation, RegulationVersion
from tests.factories import bodies, members, papers, regulations
from tests.factories.proposals import phone
from union_portal.accounts.enums import Access
from union_portal.accounts.models import AccessEntry
from union_portal.base.errors import Refused
from union_portal.base.models import KeptPaper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain")]
ADD = "admin:congress_regulationversion_add"
CHANGE = "admin:congress_regulationversion_change"


@pytest.fixture
def plain(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def sending(**fields: Any) -> dict[str, Any]:
    regulation = Regulation.objects.named("办法")
    return {"regulation": regulation.pk, "act": "adopted", "on": timezone.localdate(), **fields}


def test_the_desk_keeps_a_paper_under_a_random_name_with_its_own_name_and_digest() -> None:
    office = phone(bodies.officer())
    page = office.get(reverse(ADD)).content.decode()
    assert 'class="up-upload"' in page
    assert "portal/upload.js" in page
    refused = office.post(reverse(ADD), sending(act="", file=papers.sent("../办法.PDF"))).content.decode()
    (mark,) = re.findall(r'name="file-kept" value="([^"]+)"', refused)
    assert not RegulationVersion.objects.exists()
    assert office.post(reverse(ADD), sending(**{"file-kept": mark})).status_code == 302
    version = RegulationVersion.objects.get()
    kept = KeptPaper.objects.get()
    assert re.fullmatch(r"papers/(\w\w)/\1\w{30}\.pdf", str(version.file.name))
    assert (kept.place, kept.name, kept.kind) == (version.file.name, "办法.PDF", "pdf")
    with version.file.open() as file:
        content = file.read()
    assert (kept.size, kept.digest) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_paper_is_shown_exchanged_and_removed() -> None:
    office = phone(bodies.officer())
    version = regulations.enact(title="办法", act="adopted", on=timezone.localdate(), file=papers.sent("第一版.pdf"))
    address = reverse(CHANGE, args=[version.pk])
    page = office.get(address).content.decode()
    for words in ("第一版.pdf", reverse("congress:regulation_file", args=[version.pk]), "移除", "选择新文件即更换"):
        assert words in page, words
    listed = office.get(reverse("admin:congress_regulationversion_changelist")).content.decode()
    assert "PDF 文件</a>" in listed
    assert office.post(address, sending(file=papers.sent("照片.jpg", papers.picture()))).status_code == 302
    assert RegulationVersion.objects.get().file.kept.name == "照片.jpg"  # type: ignore[attr-defined]
    assert office.post(address, sending()).status_code == 302
    assert RegulationVersion.objects.get().file
    assert office.post(address, sending(**{"file-clear": "on"})).status_code == 302
    assert not RegulationVersion.objects.get().file


def test_the_door_writes_down_who_looked_and_lets_nothing_run() -> None:
    reader = members.account(of=members.member())
    for name, content, inline in (("办法.pdf", None, True), ("盖章.png", papers.picture("PNG"), True)):
        version = regulations.enact(title=name, act="adopted", on=timezone.localdate(), file=papers.sent(name, content))
        answer = phone(reader).get(version.file.url)
        answer.getvalue()
        assert answer["Content-Disposition"].startswith("inline" if inline else "attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "no-store" in answer["Cache-Control"]
        entry = AccessEntry.objects.filter(user=reader, action=Access.DOWNLOAD).latest("pk")
        assert (entry.kind, entry.subject) == ("congress.regulationversion", str(version.pk))
    count = AccessEntry.objects.filter(action=Access.DOWNLOAD).count()
    assert phone(members.account()).get(version.file.url).status_code == 404
    assert Client().get(version.file.url).status_code == 302
    assert AccessEntry.objects.filter(action=Access.DOWNLOAD).count() == count


def test_a_document_is_saved_and_an_unknown_file_of_old_too() -> None:
    reader = phone(members.account(of=members.member()))
    version = regulations.enact(
        title="办法", act="adopted", on=timezone.localdate(), file=papers.sent("a.docx", papers.word())
    )
    for name in (None, "regulations/old.html"):
        if name:
            version.file.storage.save(name, ContentFile(b"<script>alert(1)</script>"))
            RegulationVersion.objects.filter(pk=version.pk).update(file=name)
        answer = reader.get(version.file.url)
        answer.getvalue()
        assert answer["Content-Disposition"].startswith("attachment"), name
        assert "html" not in answer["Content-Type"]


def test_a_file_that_comes_past_the_forms_is_taken_in_all_the_same() -> None:
    version = regulations.enact(title="办法", act="adopted", on=timezone.localdate())
    version.file = ContentFile(b"MZ", name="a.pdf")
    with pytest.raises(Refused) as refused, transaction.atomic():
        version.save()
    assert refused.value.field == "file"
    assert not KeptPaper.objects.exists()
