"""What lay in the storage before papers came in by one way keeps its place and gets its name, size and digest."""

import hashlib
import importlib

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from congress.regulations.models import RegulationVersion
from tests.factories import regulations
from union_portal.base.models import KeptPaper

pytestmark = pytest.mark.django_db


def test_papers_of_old_are_entered_where_they_lie() -> None:
    upgrade = importlib.import_module("congress.migrations.0003_papers_by_one_way")
    version = regulations.enact(title="办法", act="adopted", on=timezone.localdate())
    gone = regulations.enact(title="细则", act="adopted", on=timezone.localdate())
    default_storage.save("regulations/旧办法.JPEG", ContentFile(b"old bytes"))
    RegulationVersion.objects.filter(pk=version.pk).update(file="regulations/旧办法.JPEG")
    RegulationVersion.objects.filter(pk=gone.pk).update(file="regulations/gone.pdf")
    for _time in range(2):
        upgrade.enter(apps, None)
    old, lost = KeptPaper.objects.order_by("-size")
    assert (old.place, old.name, old.kind, old.size) == ("regulations/旧办法.JPEG", "旧办法.JPEG", "jpg", 9)
    assert old.digest == hashlib.sha256(b"old bytes").hexdigest()
    assert (lost.name, lost.size, lost.digest) == ("gone.pdf", 0, "")
    version.refresh_from_db()
    assert version.file.kept == old  # type: ignore[attr-defined]
