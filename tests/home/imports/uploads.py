"""A file uploaded and looked at as an officer does."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.members.register import hr_spreadsheet
from union_portal.home.imports.models import PendingImport

HEADINGS = ("工号", "姓名", "职称")


def sheet(*rows: list[Any]) -> SimpleUploadedFile:
    return SimpleUploadedFile("人事信息.xlsx", hr_spreadsheet.workbook(list(rows), headings=HEADINGS).read())


def upload(client: Client, *rows: list[Any], kind: str = "people") -> PendingImport:
    answer = client.post(reverse("home:import_upload"), {"kind": kind, "file": sheet(*rows)})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    pending: PendingImport = PendingImport.objects.latest("created_at")
    return pending


def page(client: Client, name: str, pending: PendingImport, *, post: bool = False, query: str = "") -> Any:
    address = reverse(f"home:{name}", args=[pending.pk]) + query
    return client.post(address, follow=True) if post else client.get(address)


pytestmark = pytest.mark.django_db
