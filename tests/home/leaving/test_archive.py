"""The archive: nothing is left behind unnamed, nobody is read of without the key, the chain can be checked."""

import csv
import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from tests.factories import ledger, members, papers
from tests.factories.accounts import officer
from tests.factories.reports import submitted
from tests.factories.rows import row
from tests.members.register.hr_spreadsheet import identity_number
from union_portal.accounts.enums import Access, DataClass, Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.annual_report.reports.services.freezing import begin_freeze, finish_freeze
from union_portal.base.age import KeyPair, new_key, unseal_into
from union_portal.base.periods import Period
from union_portal.home.leaving.enums import LEFT_OUT, LEFT_OUT_COLUMNS
from union_portal.home.leaving.services import records
from union_portal.home.leaving.services.archive import carried, write_archive
from union_portal.home.leaving.services.shelf import MANIFEST, SEALED
from welfare.approvals.models import PaperApproval

pytestmark = pytest.mark.django_db
NAME, NUMBER = "独孤求败", identity_number(born=dt.date(1985, 6, 1), male=True, place=3)


@pytest.fixture(scope="module")
def written(one_data_set: Path) -> tuple[Path, KeyPair]:
    """A portal with some of everything, and its archive."""
    members.member(name=NAME, gender="male", birth_date=dt.date(1985, 6, 1), identity_number=NUMBER)
    row(PaperApproval)
    into = ledger.open_book(2023, 2024)
    for number in range(3):
        ledger.posting(into, "100.00", "20.50", source_key=f"x:{number}")
    ledger.posting(into, source_key="y", posted_on=dt.date(2023, 5, 1))
    report = start_report(outline=Outline.objects.get(code="summary"), period=Period.year(2022), actor=None)
    begin_freeze(report=submitted(report), actor=members.account_with_role(Role.CHAIR))
    finish_freeze(report=report, pdf=b"%PDF-frozen", docx=b"PK-frozen", pages=1)
    path, key = one_data_set / "archive.zip", new_key()
    with path.open("wb") as out:
        write_archive(out, recipient=key.recipient, asked="申请人：甲；确认人：乙")
    return path, key


@pytest.fixture
def unpacked(written: tuple[Path, KeyPair], shared_rows: None, tmp_path: Path) -> tuple[Path, Path]:
    """The two parts as folders."""
    path, key = written
    outer, inner, opened = tmp_path / "outer", tmp_path / "inner", io.BytesIO()
    with zipfile.ZipFile(path) as archive:
        archive.extractall(outer)
    unseal_into(io.BytesIO((outer / SEALED).read_bytes()), opened, secret=key.secret)
    with zipfile.ZipFile(opened) as archive:
        archive.extractall(inner)
    return outer, inner


def test_every_table_goes_along_or_is_named_with_a_reason() -> None:
    everything = {one._meta.label: one for one in apps.get_models(include_auto_created=True)}
    assert set(LEFT_OUT) <= set(everything)
    kept = {one._meta.label for one in records.kept_models()}
    views = {label for label, one in everything.items() if not one._meta.managed}
    assert kept | set(LEFT_OUT) | views == set(everything)
    assert not kept & set(LEFT_OUT)
    for label, column in LEFT_OUT_COLUMNS:
        assert everything[label]._meta.get_field(column)
    # What people wrote or did is never left out: only what a program makes, keys, and what is not finished.
    ours = {label for label in LEFT_OUT if label.split(".")[0] in {"members", "welfare", "congress", "annual_report"}}
    assert ours == {
        *("welfare.RoundPaper", "welfare.StatementPaper", "congress.Reminder"),
        *("annual_report.UnsavedText", "annual_report.ReportPreview"),
    }


def test_the_manifest_names_every_file_and_counts_every_row(unpacked: tuple[Path, Path]) -> None:
    outer, inner = unpacked
    told = json.loads((outer / MANIFEST).read_text(encoding="utf-8"))
    assert told == json.loads((inner / MANIFEST).read_text(encoding="utf-8"))
    named = {(one["path"], one["sealed"]): one for one in told["files"]}
    for folder, sealed in ((outer, False), (inner, True)):
        for path in folder.rglob("*"):
            place = str(path.relative_to(folder))
            if path.is_file() and place not in {MANIFEST, SEALED}:
                one, content = named.pop((place, sealed)), path.read_bytes()
                assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert not named
    counted = {one["model"]: one["rows"] for one in told["records"]}
    for model in records.kept_models():
        assert counted[model._meta.label] == model._base_manager.count(), model
        lines = (inner / f"records/{model._meta.label}.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(lines) == counted[model._meta.label]
    assert [one["kind"] for one in told["lists"]] == [one.kind.key for one in carried()]
    assert all(one["path"] in (outer / "说明.txt").read_text(encoding="utf-8") for one in told["lists"])


def test_nothing_about_people_can_be_read_without_the_key(unpacked: tuple[Path, Path]) -> None:
    outer, inner = unpacked
    for path in outer.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert NAME.encode() not in content, path
            assert NUMBER.encode() not in content, path
    person = json.loads((inner / "records/members.Person.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (person["name"], person["identity_number"]) == (NAME, NUMBER)
    assert "identity_index" not in person
    assert NUMBER in (inner / "records/members.Person.csv").read_text(encoding="utf-8-sig")
    accounts = (inner / "records/accounts.User.jsonl").read_text(encoding="utf-8")
    assert "password" not in accounts


def test_every_uploaded_file_lies_there_and_says_whose_it_is(unpacked: tuple[Path, Path]) -> None:
    _outer, inner = unpacked
    with (inner / "files/文件对照表.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    approval = PaperApproval.objects.get()
    (scan,) = [one for one in told if one["记录种类"] == "线下审批"]
    assert (scan["原文件名"], scan["记录编号"], scan["字段"]) == ("a.pdf", str(approval.pk), "扫描件")
    with approval.scan.open() as kept:
        assert (inner / scan["文件"]).read_bytes() == kept.read()
    held = {field for _model, field in records.file_fields()}
    assert all(isinstance(field, models.FileField) for field in held)
    assert {one["字段"] for one in told} >= {"扫描件", "PDF", "Word"}


def test_frozen_reports_lie_there_as_they_were_frozen(unpacked: tuple[Path, Path]) -> None:
    outer, _inner = unpacked
    (pdf,), (word,) = (outer / "reports").glob("*.pdf"), (outer / "reports").glob("*.docx")
    assert (pdf.read_bytes(), word.read_bytes()) == (b"%PDF-frozen", b"PK-frozen")
    data = json.loads(pdf.with_suffix(".json").read_text(encoding="utf-8"))
    assert data["pdf_sha256"] == hashlib.sha256(b"%PDF-frozen").hexdigest()
    assert data["snapshot"]["chapters"]
    assert data["snapshot"]["title"] in pdf.with_suffix(".txt").read_text(encoding="utf-8")


def recomputed(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run what lies beside the chain with nothing but Python."""
    command = [sys.executable, "-I", "-S", str(folder / "recompute.py")]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONUTF8": "1"})


def test_a_stranger_computes_the_ledger_s_chain_again(unpacked: tuple[Path, Path]) -> None:
    folder = unpacked[0] / "ledger"
    done = recomputed(folder)
    assert done.returncode == 0, done.stderr
    heads = [line.split()[-1] for line in (folder / "heads.txt").read_text().splitlines()]
    assert sorted(line.split()[-1] for line in done.stdout.splitlines()) == sorted(heads)
    assert len(heads) == 2


@pytest.mark.attack
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("entries", '"amount":20.50', '"amount":20.51'),
        ("postings", "春节慰问品采购", "端午慰问品采购"),
        ("postings", '"number":2', '"number":3'),
    ],
)
def test_a_stranger_sees_that_the_chain_was_changed(unpacked: tuple[Path, Path], file: str, old: str, new: str) -> None:
    folder = unpacked[0] / "ledger"
    path = folder / f"{file}.jsonl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert recomputed(folder).returncode == 2


@pytest.fixture
def two() -> dict[str, str]:
    """An administrator and a chair, as the command names them."""
    asked, confirmed = officer(Role.ADMINISTRATOR), officer(Role.CHAIR)
    return {"asked_by": asked.staff_number, "confirmed_by": confirmed.staff_number, "reason": "更换平台"}


def test_the_command_writes_archive_and_key_apart_and_logs_both_people(two: dict[str, Any], tmp_path: Path) -> None:
    out, key_file = tmp_path / "all.zip", tmp_path / "elsewhere" / "key.txt"
    key_file.parent.mkdir()
    call_command("leave", str(out), key_file=key_file, **two, stdout=io.StringIO())
    assert key_file.stat().st_mode & 0o077 == 0
    assert out.stat().st_mode & 0o077 == 0
    assert key_file.read_text().strip().encode() not in out.read_bytes()
    logged = AccessEntry.objects.filter(kind="home.leaving", action=Access.EXPORT, data_class=DataClass.HEALTH)
    assert {one.user.staff_number for one in logged if one.user} == {two["asked_by"], two["confirmed_by"]}
    assert "更换平台" in str(logged[0].purpose)
    with pytest.raises(CommandError) as refused:
        call_command("leave", str(out), key_file=key_file, **two)
    assert refused.value.returncode == 2
    members.member()
    with pytest.raises(CommandError, match="已有人员登记"):
        call_command("take_in", str(out), key_file=key_file)
    key_file.write_text(f"# public key\n{new_key().secret}\n")
    with pytest.raises(CommandError, match="密钥不对"):
        call_command("take_in", str(out), "--go-on", key_file=key_file)
    for content in (b"", b"PK", papers.pdf()):
        out.write_bytes(content)
        with pytest.raises(CommandError, match="不是整体导出"):
            call_command("take_in", str(out), "--go-on", key_file=key_file)


@pytest.mark.attack
def test_one_person_alone_and_whoever_is_not_entrusted_get_nothing(two: dict[str, Any], tmp_path: Path) -> None:
    out, key_file = tmp_path / "all.zip", tmp_path / "elsewhere" / "key.txt"
    key_file.parent.mkdir()
    finance, closed = officer(Role.FINANCE), officer(Role.CHAIR)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    for wrong in (two["asked_by"], finance.staff_number, closed.staff_number, "nobody"):
        with pytest.raises(CommandError) as refused:
            call_command("leave", str(out), key_file=key_file, **two | {"confirmed_by": wrong})
        assert refused.value.returncode == 2
    with pytest.raises(CommandError, match="不同的文件夹"):
        call_command("leave", str(out), key_file=tmp_path / "key.txt", **two)
    assert not list(tmp_path.rglob("*.*"))
    assert not AccessEntry.objects.filter(kind="home.leaving").exists()
