"""Regulations to read, and the papers beside them, over HTTP."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.regulations.enums import RegulationAct
from tests.factories import members, papers, regulations
from union_portal.accounts.models import User

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def reader() -> User:
    return members.account(of=members.member())


def phone(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"congress:{name}", args=args)


def test_regulations_in_force_are_read_with_their_former_versions() -> None:
    def enact(act: RegulationAct, days: int, text: str = "", **more: Any) -> Any:
        return regulations.enact(title="福利费管理办法", act=act, on=TODAY - days * DAY, text=text, **more)

    first = enact(RegulationAct.ADOPTED, 300, "第一版正文")
    enact(RegulationAct.REVISED, 100, "第二版正文")
    client = phone(reader())
    assert "福利费管理办法" in client.get(at("regulations")).content.decode()
    assert "第二版正文" in client.get(at("regulation", first.regulation.pk)).content.decode()
    assert "第一版正文" in client.get(at("regulation_version", first.pk)).content.decode()
    enact(RegulationAct.REPEALED, 1)
    assert "福利费管理办法" not in client.get(at("regulations")).content.decode()
    assert "福利费管理办法" in client.get(at("regulations"), {"repealed": "1"}).content.decode()


def test_papers_leave_only_through_their_own_doors(settings: Any) -> None:
    paper = papers.sent("办法.pdf")
    made = regulations.enact(title="办法", act=RegulationAct.ADOPTED, on=TODAY, file=paper)
    response = phone(reader()).get(at("regulation_file", made.pk))
    assert response["Content-Disposition"] == "inline; filename*=utf-8''%E5%8A%9E%E6%B3%95.pdf"
    assert response.getvalue().startswith(b"%PDF")
    assert phone(members.account()).get(at("regulation_file", made.pk)).status_code == 404
    assert Client().get(at("regulation_file", made.pk)).status_code == 302
    assert settings.MEDIA_URL in {"", "/", None} or phone(reader()).get(made.file.url).status_code == 404
    made.file.storage.delete(str(made.file.name))
    assert phone(reader()).get(at("regulation_file", made.pk)).status_code == 404


pytestmark = pytest.mark.django_db
