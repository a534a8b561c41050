"""Five hundred spoilt files through the command, some through the page: refused in words, or read as others do."""

import resource
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from members.people.models import Person
from tests.factories.accounts import signed_in
from tests.home.imports import seeing
from tests.home.imports.spoiling import spoilt
from tests.home.imports.tables import Spoilt
from union_portal.accounts.models import User
from union_portal.base.spreadsheets import reading

pytestmark = [pytest.mark.attack, pytest.mark.django_db, pytest.mark.heavy]
FILES = 500
THROUGH_THE_PAGE = range(0, FILES, 8)
LONGEST = 10
LARGEST = 600 * 1024 * 1024


class Child:
    """The most memory that any reading child took."""

    most = 0


@pytest.fixture(autouse=True)
def child(monkeypatch: pytest.MonkeyPatch) -> Child:
    held, real = Child(), reading._sheets

    def watched(*arguments: Any) -> Any:
        sheets, memory = real(*arguments)
        held.most = max(held.most, memory)
        return sheets, memory

    monkeypatch.setattr(reading, "_sheets", watched)
    return held


def differing(file: Spoilt) -> list[str]:
    """Return how the people that were saved differ from what another reader sees in the file."""
    try:
        seen = seeing.people(file)
    except Exception as error:  # noqa: BLE001 -- whatever it is
        return [f"the other reader refuses it: {error!r}"[:300]]
    by_number = {seeing.words(one["工号"]): one for one in seen}
    wrong = []
    for person in Person.objects.all():
        one = by_number.pop(person.staff_number or "", None)
        if one is None:
            wrong.append(f"{person.staff_number!r} {person.name!r} stands nowhere")
            continue
        told = {
            "姓名": (person.name, seeing.words(one["姓名"])),
            "性别": (person.get_gender_display() if person.gender else "", seeing.words(one.get("性别"))),
            "手机": (person.mobile, seeing.words(one.get("手机"))),
            "出生日期": (person.birth_date, seeing.day(one.get("出生日期"))),
        }
        wrong += [f"{name}: {ours!r} for {theirs!r}" for name, (ours, theirs) in told.items() if ours != theirs]
    lost = [number for number, one in by_number.items() if number and seeing.words(one["姓名"])]
    return wrong + [f"{number!r} was left out" for number in lost if not number.startswith(("合计", "总计"))]


def test_five_hundred_spoilt_files_are_refused_in_words_or_read_as_others_do(tmp_path: Path, child: Child) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ends: Counter[str] = Counter()
    wrong = []
    for seed in range(FILES):
        file = spoilt(seed)
        path = tmp_path / f"{seed}-{file.name}"
        path.write_bytes(file.data)
        begun = time.monotonic()
        with transaction.atomic():
            try:
                call_command("import_records", "people", str(path), stdout=_Nowhere(), stderr=_Nowhere())
            except CommandError as refusal:
                took = time.monotonic() - begun
                ends[f"refused, {refusal.returncode}"] += 1
            else:
                took = time.monotonic() - begun
                ends["taken"] += 1
                wrong += [f"{seed}: {found}" for found in differing(file)]
            transaction.set_rollback(True)
        assert took < LONGEST, seed
        path.unlink()

    assert not wrong, "\n".join(wrong)
    assert ends.keys() == {"taken", "refused, 2"}
    assert ends["taken"] > FILES // 20, ends
    assert child.most < LARGEST
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < LARGEST


def test_spoilt_files_are_refused_at_the_field_or_shown_on_the_page(officer: User, uploads: Path) -> None:
    client = signed_in(officer)
    ends: Counter[int] = Counter()
    for seed in THROUGH_THE_PAGE:
        file = spoilt(seed)
        upload = SimpleUploadedFile(file.name, file.data)
        answer = client.post(reverse("home:import_upload"), {"kind": "people", "file": upload}, follow=True)
        assert answer.status_code in {200, 422}, seed
        ends[answer.status_code] += 1
    assert ends[200] > 3
    assert ends[422] > 3


class _Nowhere:
    """Takes what the command prints."""

    def write(self, _text: str) -> None:
        """Forget it."""

    def flush(self) -> None:
        """Nothing is held."""

    def isatty(self) -> bool:
        """Nobody looks."""
        return False
