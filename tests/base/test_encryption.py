"""Secrets at rest: unreadable without the keys, stable while unchanged, found by exact value only."""

import base64
import pickle
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import FieldError, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from members.people.models import Person
from tests.database import owner_role
from union_portal.base import encryption, keyring
from union_portal.base.encryption import KeyTrouble, blind_index, decrypt, encrypt
from union_portal.base.fields import Sealed, sealed
from union_portal.base.models import KeyCheck

NUMBER = "11010519491231002X"


@pytest.fixture
def key_files(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keys in files of this test's own."""
    monkeypatch.delenv("PORTAL_DATA_KEYS")
    monkeypatch.delenv("PORTAL_INDEX_KEY")
    settings.PORTAL_DATA_DIR = tmp_path
    yield tmp_path / "keys"
    encryption.forget_keys()


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(staff_number="T1", name="张伟", identity_number=NUMBER)


def stored(person: Person) -> tuple[str, str | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_number, identity_index FROM members_person WHERE id = %s", [person.pk])
        number, index = cursor.fetchone() or ("", None)
        return number, index


def test_a_ciphertext_reads_back_only_in_its_own_column() -> None:
    ciphertext = encrypt("秘密", context="a.b")
    assert decrypt(ciphertext, context="a.b") == "秘密"
    with pytest.raises(KeyTrouble):
        decrypt(ciphertext, context="a.c")


def test_equal_texts_have_different_ciphertexts_and_equal_indexes() -> None:
    assert encrypt("x", context="a.b") != encrypt("x", context="a.b")
    assert blind_index(" 11010519491231002x") == blind_index("１１０１０５ 19491231-002X")
    assert blind_index("") is None


@pytest.mark.parametrize("broken", ["", "aes1:", "aes1:00000000:AAAA", "plain text", NUMBER])
def test_what_was_not_encrypted_here_is_refused_rather_than_passed_on(broken: str) -> None:
    with pytest.raises(KeyTrouble):
        decrypt(broken, context="a.b")


def test_a_changed_ciphertext_is_noticed() -> None:
    ciphertext = encrypt("x", context="a.b")
    body = bytearray(base64.b64decode(ciphertext.rpartition(":")[2]))
    body[-1] ^= 1
    with pytest.raises(KeyTrouble):
        decrypt(ciphertext.rpartition(":")[0] + ":" + base64.b64encode(body).decode(), context="a.b")


def test_the_database_holds_no_plain_number(person: Person) -> None:
    ciphertext, index = stored(person)
    assert NUMBER not in ciphertext
    assert ciphertext.startswith("aes1:")
    assert index == blind_index(NUMBER)
    assert Person.objects.get(identity_index=blind_index(NUMBER)).identity_number == NUMBER


def test_saving_unchanged_keeps_the_ciphertext(person: Person) -> None:
    before = stored(person)
    person.save()
    again = Person.objects.get(pk=person.pk)
    again.identity_number = "" + NUMBER
    again.save()
    Person.objects.bulk_update([again], ["identity_number"])
    assert stored(person) == before


def test_a_changed_number_changes_both_columns(person: Person) -> None:
    before = stored(person)
    person.identity_number = "other"
    person.save(update_fields=["identity_number"])
    assert stored(person)[0] != before[0]
    assert stored(person)[1] == blind_index("other") == person.identity_index
    person.identity_number = ""
    person.save()
    assert stored(person) == ("", None)


def test_bulk_writes_fill_both_columns(db: None) -> None:
    people = Person.objects.bulk_create(
        Person(staff_number=f"B{i}", name="李", identity_number=f"number {i}") for i in range(3)
    )
    assert [stored(p)[1] for p in people] == [blind_index(f"number {i}") for i in range(3)]
    people = list(Person.objects.order_by("staff_number"))
    people[0].identity_number = "new"
    Person.objects.bulk_update(people, ["identity_number", "identity_index"])
    assert stored(people[0])[1] == blind_index("new")


def test_deferred_rows_and_values(person: Person) -> None:
    deferred = Person.objects.defer("identity_number", "identity_index").get(pk=person.pk)
    before = stored(person)
    deferred.save()
    assert stored(person) == before
    assert deferred.identity_number == NUMBER
    assert list(Person.objects.values_list("identity_number", flat=True)) == [NUMBER]


def test_copy_gets_both_columns_at_once(person: Person) -> None:
    both = sealed(Person, "identity_number", "abc")
    assert both.blind_index == blind_index("abc")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_person SET identity_number = %s", [both.ciphertext])
    person.refresh_from_db()
    assert person.identity_number == "abc"
    assert sealed(Person, "identity_number", "") == Sealed("", None)


def test_a_number_moved_between_columns_is_encrypted_for_its_new_place(person: Person) -> None:
    person.bank_card = person.identity_number
    person.save()
    person.refresh_from_db()
    assert person.bank_card == NUMBER


@pytest.mark.parametrize("lookup", ["identity_number", "identity_number__icontains", "identity_number__in"])
def test_comparing_an_encrypted_field_is_refused(db: None, lookup: str) -> None:
    with pytest.raises(FieldError, match="blind"):
        Person.objects.filter(**{lookup: NUMBER})


def test_rows_without_a_number_can_be_found(person: Person) -> None:
    assert not Person.objects.filter(identity_number="").exists()
    assert Person.objects.exclude(identity_number="").get() == person


def test_values_survive_pickling(person: Person) -> None:
    again = pickle.loads(pickle.dumps(Person.objects.get(pk=person.pk)))  # noqa: S301
    before = stored(person)
    again.save()
    assert stored(person) == before


def test_threads_do_not_disturb_each_other() -> None:
    def round_trip(number: int) -> bool:
        return all(decrypt(encrypt(f"{number}", context="a.b"), context="a.b") == f"{number}" for _ in range(200))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(round_trip, range(16)))


def test_without_keys_nothing_is_encrypted_and_no_key_appears(key_files: Path) -> None:
    with pytest.raises(KeyTrouble, match=r"data\.key"):
        encrypt("x", context="a.b")
    assert not key_files.exists()


def test_keys_are_made_once_and_readable_by_nobody_else(db: None, key_files: Path) -> None:
    KeyCheck.objects.all().delete()
    assert {path.name for path in keyring.make_keys()} == {"data.key", "index.key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in key_files.iterdir()} == {0o600}
    assert keyring.verify_keys()
    assert keyring.make_keys() == []


def test_a_lost_key_never_becomes_a_new_one(db: None, key_files: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("make_keys")
    assert refusal.value.returncode == 2
    assert not list(key_files.glob("*.key"))


def test_other_keys_than_the_database_knows_are_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keyring.verify_keys()
    monkeypatch.setenv("PORTAL_INDEX_KEY", base64.urlsafe_b64encode(b"x" * 32).decode())
    with pytest.raises(KeyTrouble, match="index"):
        keyring.verify_keys()
    monkeypatch.undo()
    monkeypatch.setenv("PORTAL_DATA_KEYS", base64.urlsafe_b64encode(b"x" * 32).decode())
    with pytest.raises(KeyTrouble):
        keyring.verify_keys()
    assert [error.id for error in run_checks(tags=["security"]) if error.id == "base.E001"] == ["base.E001"]


def test_a_new_key_encrypts_while_the_old_one_still_reads(db: None, key_files: Path) -> None:
    KeyCheck.objects.all().delete()
    keyring.make_keys()
    person = Person.objects.create(staff_number="T2", name="王", identity_number=NUMBER)
    old = stored(person)
    current = keyring.rotate_keys()
    assert keyring.verify_keys()
    assert Person.objects.get(pk=person.pk).identity_number == NUMBER
    assert keyring.reencrypt() == 1
    assert keyring.reencrypt() == 0
    assert encryption.key_of(stored(person)[0]) == current != encryption.key_of(old[0])
    assert stored(person)[1] == old[1]
    assert Person.objects.get(pk=person.pk).identity_number == NUMBER


def test_a_number_somebody_else_has_is_noticed_before_saving(person: Person) -> None:
    twin = Person(staff_number="T9", name="李", identity_number=NUMBER.lower())
    with pytest.raises(ValidationError):
        twin.full_clean()


def test_keys_made_before_the_first_migrate_are_registered_by_it(key_files: Path, db: None) -> None:
    with owner_role(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_keycheck RENAME TO base_keycheck_later")
    assert {path.name for path in keyring.make_keys()} == {"data.key", "index.key"}
    with pytest.raises(KeyTrouble, match="迁移"):
        keyring.rotate_keys()
    with owner_role(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_keycheck_later RENAME TO base_keycheck")
    KeyCheck.objects.all().delete()
    keyring.register_after_migrate()
    assert keyring.verify_keys()
