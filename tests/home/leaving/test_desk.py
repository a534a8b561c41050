"""整体导出 on the desk: two people, one key, shown once; made by the worker; taken by the two and by nobody else."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import leaving as make
from tests.factories import members
from tests.factories.accounts import officer, signed_in
from union_portal.accounts.enums import Access, DataClass, Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base import jobs
from union_portal.base.age import recipient_of
from union_portal.base.errors import Conflict, Refused
from union_portal.base.models import JobState
from union_portal.home.leaving.models import KEPT, Leaving
from union_portal.home.leaving.portal import desk_items
from union_portal.home.leaving.services import asking, taking_in
from union_portal.home.leaving.tasks import FAILED, make_leaving, sweep_leavings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]


@pytest.fixture
def two() -> tuple[User, User]:
    return officer(Role.ADMINISTRATOR), officer(Role.CHAIR)


def page(client: Client, name: str, asked: Leaving | None = None) -> str:
    return reverse(f"admin:home_leaving_{name}", args=[asked.pk] if asked else [])


def taken(client: Any, asked: Leaving) -> bytes:
    return b"".join(client.get(reverse("home:leaving_take", args=[asked.pk])).streaming_content)


def asked_by(user: User) -> Leaving:
    client = signed_in(user)
    assert "第二人据此确认" in client.get(page(client, "add")).content.decode()
    response = client.post(page(client, "add"), {"reason": "更换平台"})
    assert response.status_code == 302, response.content.decode()
    asked = Leaving.objects.latest("pk")
    assert response["Location"] == page(client, "change", asked)
    told = [str(one) for one in client.get(response["Location"]).context["messages"]]
    assert len(told) == 1, told
    return asked


def test_one_asks_another_confirms_and_both_take_it_away(two: tuple[User, User], uploads: Path) -> None:
    administrator, chair = two
    members.member(name="独孤求败")
    asked = asked_by(administrator)
    # Nothing ends it, and the form was answered in one sentence, on the page of what was asked for.
    assert [(item.title, item.due_on) for item in desk_items(chair)] == [("待确认的整体导出", None)]
    assert not list(desk_items(administrator))
    client = signed_in(chair)
    assert "用途：更换平台" in client.get(page(client, "confirm", asked)).content.decode()
    shown = client.post(page(client, "confirm", asked)).content.decode()
    secret = re.findall(r"AGE-SECRET-KEY-1[0-9A-Z]+", shown)[0]
    asked.refresh_from_db()
    assert recipient_of(secret) == asked.recipient
    assert secret not in client.get(page(client, "change", asked)).content.decode()
    assert "等待后台处理" in client.get(page(client, "change", asked)).content.decode()
    make_leaving(leaving_id=asked.pk)
    make_leaving(leaving_id=asked.pk)
    asked.refresh_from_db()
    progress = jobs.find(asked.lock)
    assert progress is not None
    assert progress.state == JobState.DONE
    assert len(list((uploads / "leaving").iterdir())) == 1
    for user in two:
        client = signed_in(user)
        assert "下载文件" in client.get(page(client, "change", asked)).content.decode()
        content = taken(client, asked)
        assert asked.size == len(content)
        with taking_in.opened(io.BytesIO(content), secret=secret) as archive:
            assert f"申请人：{administrator}" in zipfile.ZipFile(io.BytesIO(content)).read("说明.txt").decode()
            assert {one.kind for one in archive.lists} >= {"people"}
    logged = AccessEntry.objects.filter(kind="home.leaving", subject=str(asked.pk), data_class=DataClass.HEALTH)
    assert list(logged.order_by("pk").values_list("action", "user")) == [
        *((Access.EXPORT, user.pk) for user in two),
        *((Access.DOWNLOAD, user.pk) for user in two),
    ]


@pytest.mark.attack
def test_nobody_confirms_what_he_asked_for_and_nobody_else_takes_it(two: tuple[User, User]) -> None:
    administrator, chair = two
    asked = asking.ask(reason="更换平台", actor=administrator)
    with pytest.raises(Conflict, match="待确认"):
        asking.ask(reason="又一次", actor=chair)
    with pytest.raises(Refused):
        asking.confirm(asked=asked, actor=administrator)
    assert signed_in(administrator).post(page(Client(), "confirm", asked)).status_code == 403
    for wrong in (
        {"confirmed_by": administrator},
        {"file": "leaving/x.zip"},
        {"asked_by": None},
        {"recipient": "age1"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Leaving.objects.filter(pk=asked.pk).update(**wrong)
    make_leaving(leaving_id=asked.pk)
    asked.refresh_from_db()
    assert not asked.file
    asked.delete()
    held = make.made(administrator)
    take = reverse("home:leaving_take", args=[held.pk])
    assert taken(signed_in(administrator), held) == b"PK"
    third, audit = officer(Role.CHAIR), officer(Role.AUDIT)
    assert [signed_in(user).get(take).status_code for user in (third, audit, officer(Role.FINANCE))] == [403, 403, 404]
    # Who is entrusted no more takes nothing, though he asked for it.
    administrator.role_assignments.update(valid_to=timezone.localdate() - KEPT)
    assert signed_in(User.objects.get(pk=administrator.pk)).get(take).status_code in {302, 403, 404}
    assert AccessEntry.objects.filter(kind="home.leaving", action=Access.DOWNLOAD).count() == 1


def test_a_failure_is_told_and_the_worker_may_begin_again(two: tuple[User, User], monkeypatch: Any) -> None:
    asked, _secret = asking.confirm(asked=asking.ask(reason="更换平台", actor=two[0]), actor=two[1])
    jobs.start(key=asked.lock, total=100, message="…")

    def broken(*_args: Any, **_more: Any) -> int:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(asking, "write_archive", broken)
        with pytest.raises(OSError, match="no room"):
            make_leaving(leaving_id=asked.pk)
    client = signed_in(two[0])
    text = client.get(page(client, "change", asked)).content.decode()
    assert FAILED in text
    assert "重新生成" in text
    client.post(page(client, "again", asked))
    make_leaving(leaving_id=asked.pk)
    asked.refresh_from_db()
    assert asked.file


def test_it_is_thrown_away_after_some_days_or_before(two: tuple[User, User]) -> None:
    held = make.made(two[0])
    place = str(held.file.name)
    assert sweep_leavings(timestamp=0) == 0
    Leaving.objects.update(made_at=timezone.now() - KEPT)
    with transaction.atomic():
        assert sweep_leavings(timestamp=0) == 1
    held.refresh_from_db()
    assert not held.file
    assert held.confirmed_by is not None
    assert signed_in(two[0]).get(reverse("home:leaving_take", args=[held.pk])).status_code == 404
    assert default_storage.exists(place)  # until the transaction of this test ends
    client = signed_in(two[0])
    assert "文件已删除" in client.get(page(client, "change", held)).content.decode()
    again = make.made(two[0])
    client.post(page(client, "discard", again))
    again.refresh_from_db()
    assert not again.file
    with pytest.raises(Refused, match="文件已删除"):
        asking.discard(asked=again, actor=two[0])
