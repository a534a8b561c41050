"""Papers that no record holds are removed by age; what a record holds stays."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils import timezone

from congress.regulations.models import RegulationVersion
from tests.factories import papers, regulations
from union_portal.base.intake.keeping import keep
from union_portal.base.intake.sweeping import AGE, sweep_papers
from union_portal.base.intake.taking import take
from union_portal.base.models import KeptPaper
from union_portal.home.imports.services.uploads import sweep_uploads

pytestmark = pytest.mark.django_db


def enacted() -> RegulationVersion:
    made = regulations.enact(title="办法", act="adopted", on=timezone.localdate(), file=papers.sent("办法.pdf"))
    return RegulationVersion.objects.get(pk=made.pk)


def older(days: float) -> None:
    earlier = F("unused_since") - dt.timedelta(days=days)
    KeptPaper.objects.exclude(unused_since=None).update(unused_since=earlier)


def test_what_was_replaced_goes_after_its_time_and_what_is_held_stays(
    django_capture_on_commit_callbacks: Any,
) -> None:
    version = enacted()
    first, waiting = str(version.file.name), keep(take(papers.sent("没有提交.pdf")))
    version.file = papers.sent("新办法.pdf")
    version.save()
    assert sweep_papers() == 0
    older(AGE.days - 0.5)
    assert sweep_papers() == 0
    # Held again meanwhile, as after a backup came back: its time begins anew.
    RegulationVersion.objects.filter(pk=version.pk).update(file=first)
    assert sweep_papers() == 0
    RegulationVersion.objects.filter(pk=version.pk).update(file=version.file.name)
    assert sweep_papers() == 0
    older(AGE.days)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_uploads() == 2
    assert not default_storage.exists(first)
    assert not default_storage.exists(waiting.place)
    assert default_storage.exists(str(version.file.name))
    assert KeptPaper.objects.get().name == "新办法.pdf"


def test_files_without_a_row_go_when_they_are_old(uploads: Path) -> None:
    held = enacted()
    places = "papers/aa/kill.pdf imports/kill.xlsx reports/kill.pdf previews/kill.docx statements/kill.pdf"
    strays = [uploads / place for place in f"{places} round-papers/kill.pdf proposal-reports/kill.pdf".split()]
    for stray in strays:
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.write_bytes(b"x")
    assert sweep_uploads() == 0
    past = (timezone.now() - AGE - dt.timedelta(hours=1)).timestamp()
    for path in (*strays, Path(held.file.path)):
        os.utime(path, (past, past))
    assert sweep_uploads() == len(strays)
    assert not [stray for stray in strays if stray.exists()]
    assert Path(held.file.path).exists()
