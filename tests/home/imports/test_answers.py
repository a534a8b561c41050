"""What a list asks of the file as a whole is answered before anything is saved, on the page and on the command line."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.base.importing_samples import csv_file
from tests.factories.accounts import signed_in
from tests.home.imports.uploads import page
from tests.sample.models import Notice
from tests.sample.resources import NoticeList
from union_portal.accounts.models import User
from union_portal.base.importing.kinds import register_kind, unregister_kind
from union_portal.base.importing.questions import Question
from union_portal.base.importing.rows import Row
from union_portal.home.imports.forms import AnswersForm
from union_portal.home.imports.models import PendingImport

HEADINGS = ["标题", "类别", "发布日期", "备注"]


class AskedNotices(NoticeList):
    """Notices without a note get the one that was asked for, with its day."""

    name, permission = "asked-notices", "members.import_person"
    questions: ClassVar[tuple[Question, ...]] = (
        Question(key="source", words="这批公告从哪里来？", choices={"web": "网站", "paper": "校报"}),
        Question(key="issue", words="哪一天的校报？", when=("source", "paper")),
    )

    def prepare(self) -> None:
        super().prepare()
        self.without_note = 0

    def clean_row(self, row: Row) -> None:
        super().clean_row(row)
        if row.is_new and row.get("note") is None:
            self.without_note += 1
            row.values["note"] = " ".join(str(self.answers[key]) for key in ("source", "issue") if key in self.answers)

    def asks(self, rows: Any) -> list[str]:
        del rows
        return ["source", "issue"] if self.without_note else []


@pytest.fixture(autouse=True)
def asked_kind() -> Iterator[None]:
    register_kind(AskedNotices)
    yield
    unregister_kind("asked-notices")


def upload(client: Client, *rows: list[str]) -> PendingImport:
    file = SimpleUploadedFile("公告.csv", csv_file(HEADINGS, *rows).read())
    answer = client.post(reverse("home:import_upload"), {"kind": "asked-notices", "file": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    pending: PendingImport = PendingImport.objects.latest("created_at")
    return pending


def answered(client: Client, pending: PendingImport, **answers: str) -> Any:
    return client.post(reverse("home:import_answer", args=[pending.pk]), answers, follow=True)


def test_nothing_is_saved_before_the_questions_are_answered(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["换届公告", "新闻", "2024-03-01", ""])
    confirm = reverse("home:import_confirm", args=[pending.pk])
    shown = page(client, "import_preview", pending).content.decode()
    assert ("这批公告从哪里来？" in shown, confirm in shown) == (True, False)
    refused = page(client, "import_confirm", pending, post=True)
    assert any("这批公告从哪里来？" in str(message) for message in refused.context["messages"])
    assert not Notice.objects.exists()

    half = answered(client, pending, source="paper").content.decode()
    assert ("回答之前不能保存" in half, confirm in half) == (True, False)
    whole = answered(client, pending, source="paper", issue="2024-03-02").content.decode()
    assert ("回答之前不能保存" in whole, confirm in whole) == (False, True)
    page(client, "import_confirm", pending, post=True)
    assert Notice.objects.get().note == "paper 2024-03-02"


def test_a_question_that_hangs_on_another_answer_is_not_needed(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["换届公告", "新闻", "2024-03-01", ""])
    assert reverse("home:import_confirm", args=[pending.pk]) in answered(client, pending, source="web").content.decode()


def test_an_answer_that_cannot_be_read_is_refused_at_its_field_with_what_was_written(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["换届公告", "新闻", "2024-03-01", ""])
    answer = answered(client, pending, source="paper", issue="昨天")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["issue"])
    assert answer.context["form"]["source"].value() == "paper"
    early = answered(client, pending, source="paper", issue="1800-01-01")
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["issue"])
    pending.refresh_from_db()
    assert pending.answers == {}


def test_rows_that_raise_no_question_ask_nothing(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["换届公告", "新闻", "2024-03-01", "张榜"])
    shown = page(client, "import_preview", pending).content.decode()
    assert "这批公告从哪里来？" not in shown
    page(client, "import_confirm", pending, post=True)
    assert Notice.objects.get().note == "张榜"


def test_the_command_takes_answers_and_names_the_questions_left(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "notices.csv"
    file.write_bytes(csv_file(HEADINGS, ["换届公告", "新闻", "2024-03-01", ""]).read())
    with pytest.raises(CommandError, match="没有回答"):
        call_command("import_records", "asked-notices", str(file))
    assert "--answer source=web（网站） / paper（校报）" in capsys.readouterr().err
    call_command("import_records", "asked-notices", str(file), "--dry-run", "--answer", "source=paper")
    assert "--answer issue=日期" in capsys.readouterr().err
    for wrong, said in (("colour=red", "没有“colour”"), ("source", "写成"), ("source=radio", "网站、校报")):
        with pytest.raises(CommandError, match=said):
            call_command("import_records", "asked-notices", str(file), "--answer", wrong)
    assert not Notice.objects.exists()
    call_command("import_records", "asked-notices", str(file), "--answer", "source=校报", "--answer", "issue=2024.3.2")
    assert Notice.objects.get().note == f"paper {dt.date(2024, 3, 2)}"


def test_the_kinds_tell_what_they_may_ask(capsys: Any) -> None:
    call_command("import_kinds")
    assert "? 哪一天的校报？ --answer issue=日期" in capsys.readouterr().out


def test_the_day_of_one_answer_is_asked_beside_that_answer_alone(officer: User) -> None:
    form = AnswersForm(questions=AskedNotices.questions)
    assert form.opened == {"issue"}
    marked = [choice.tag() for choice in form["source"] if "up-opens" in choice.tag()]
    assert [("校报" in tag or 'value="paper"' in tag) for tag in marked] == [True]
    client = signed_in(officer)
    pending = upload(client, ["甲", "news", "2024-02-06", ""])
    shown = page(client, "import_preview", pending).content.decode()
    hidden = shown.split('<div class="up-opened">')
    assert len(hidden) == 2
    assert 'name="issue"' in hidden[1].split("</div>")[0]


pytestmark = pytest.mark.django_db
