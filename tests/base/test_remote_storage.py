"""People's files in a real S3-compatible store: kept, given, swept and refused as in a folder."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from tests.object_store import store
from union_portal.base.errors import Refused
from union_portal.base.intake import sweeping
from union_portal.base.intake.keeping import FOLDER
from union_portal.base.storage import configured


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the store is reached."""
    with store(tmp_path_factory.mktemp("store")) as url:
        yield url


@pytest.fixture
def remote(address: str, settings: Any) -> None:
    """Let the portal's files lie in the store."""
    settings.STORAGES = {**settings.STORAGES, "default": configured(address)}


@pytest.mark.usefixtures("remote")
def test_files_are_kept_whole_never_written_over_and_given_back(tmp_path: Path) -> None:
    first = default_storage.save("papers/清单.pdf", ContentFile(b"first"))
    second = default_storage.save("papers/清单.pdf", ContentFile(b"second"))
    assert first != second
    large = b"0123456789" * 2_000_000
    third = default_storage.save("papers/large", BytesIO(large))
    assert default_storage.size(third) == len(large)
    with default_storage.open(third) as file:
        assert file.read() == large
    with default_storage.open(first) as file:
        assert file.read() == b"first"
    assert sorted(default_storage.listdir("papers")[1]) == sorted(
        place.rpartition("/")[2] for place in (first, second, third)
    )
    assert abs(default_storage.get_modified_time(first) - timezone.now()) < dt.timedelta(minutes=1)
    default_storage.delete(first)
    assert not default_storage.exists(first)
    with pytest.raises(FileNotFoundError):
        default_storage.open(first).read()
    assert not list(tmp_path.rglob("*large*"))


@pytest.mark.usefixtures("remote")
@pytest.mark.django_db
def test_what_no_record_holds_is_swept_from_it_when_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    place = default_storage.save(f"{FOLDER}/0/left.pdf", ContentFile(b"left"))
    sweeping.sweep_strays()
    assert default_storage.exists(place)
    monkeypatch.setattr(sweeping, "AGE", -dt.timedelta(minutes=1))
    sweeping.sweep_strays()
    assert not default_storage.exists(place)


@pytest.mark.usefixtures("remote")
def test_a_backup_takes_them_out_and_a_restore_puts_them_back_under_their_names(tmp_path: Path) -> None:
    place = default_storage.save(f"{FOLDER}/1/scan.pdf", ContentFile(b"scan"))
    default_storage.save("imports/waiting.xlsx", ContentFile(b"waiting"))
    call_command("copy_uploads", "to", tmp_path / "out", stdout=StringIO())
    assert (tmp_path / "out" / place).read_bytes() == b"scan"
    assert not (tmp_path / "out" / "imports").exists()
    default_storage.delete(place)
    call_command("copy_uploads", "from", tmp_path / "out", stdout=StringIO())
    with default_storage.open(place) as file:
        assert file.read() == b"scan"


def test_a_store_that_is_away_is_a_refusal_in_words(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": configured("s3://a:b@127.0.0.1:9/uploads?tls=off")}
    with pytest.raises(Refused, match="文件存储没有响应"):
        default_storage.save("papers/a.pdf", ContentFile(b"a"))
    with pytest.raises(Refused, match="暂时不能打开"):
        default_storage.open("papers/a.pdf")


def test_an_address_says_key_place_bucket_and_folder() -> None:
    found = configured("s3://a%2Fb:c%2Bd@store.example.edu.cn/union/portal?region=cn-north-1")["OPTIONS"]
    assert found == {
        "access_key": "a/b",
        "secret_key": "c+d",
        "endpoint_url": "https://store.example.edu.cn",
        "region_name": "cn-north-1",
        "bucket_name": "union",
        "location": "portal",
    }
    for wrong in ("http://a:b@store/union", "s3://store/union", "s3://a:b@store"):
        with pytest.raises(ValueError, match="STORAGE_URL looks like"):
            configured(wrong)
