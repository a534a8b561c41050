"""The life of the keys: making, checking against the database, rotating. Never making up for a lost one."""

import base64
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from union_portal.base.encryption import KEY_BYTES, KeyTrouble, forget_keys, key_check_values, key_of, keys, keys_dir
from union_portal.base.fields import EncryptedTextField
from union_portal.base.models import KeyCheck

FILES = ("data.key", "index.key")


def verify_keys(*, using: str = "default") -> bool:
    """Compare the keys with the checks stored in the database.

    True if they fit, False if nothing is stored yet. KeyTrouble if a key is missing, another one than the data was
    encrypted with, or not registered.
    """
    stored = dict(KeyCheck.objects.using(using).values_list("key_id", "value"))
    if not stored:
        return False
    compare_keys(stored)
    return True


def compare_keys(stored: dict[str, str]) -> None:
    """Compare the keys with check values by key id; KeyTrouble as `verify_keys`, also for none stored at all."""
    present = key_check_values()
    for name in sorted(stored.keys() | present.keys()):
        if stored.get(name) == present.get(name):
            continue
        if name == "index" or name in stored:
            raise KeyTrouble(
                f"{keys_dir()} 中缺少本数据库加密所用的密钥“{name}”或密钥不符，请放回属于本数据库的密钥文件。",
                code="key_mismatch",
            )
        raise KeyTrouble(
            f"密钥“{name}”未在本数据库登记：它不是由 make_keys --rotate 生成的。",
            code="key_unregistered",
        )


def register_keys(*, using: str = "default") -> None:
    """Store the keys' check values where none is stored yet; otherwise verify them."""
    if not verify_keys(using=using):
        checks = [KeyCheck(key_id=name, value=value) for name, value in key_check_values().items()]
        KeyCheck.objects.using(using).bulk_create(checks, ignore_conflicts=True)


def make_keys() -> list[Path]:
    """Make the key files of a new installation and register them; returns the files made.

    Files that exist are kept; in a database without tables yet `migrate` registers them. KeyTrouble, and nothing made,
    if one is missing that the database was encrypted with.
    """
    migrated = _has_tables()
    folder = keys_dir()
    missing = [folder / name for name in FILES if not (folder / name).exists()]
    if os.environ.get("PORTAL_DATA_KEYS"):
        missing = [path for path in missing if path.name != "data.key"]
    if os.environ.get("PORTAL_INDEX_KEY"):
        missing = [path for path in missing if path.name != "index.key"]
    if missing and migrated and KeyCheck.objects.exists():
        raise KeyTrouble(
            f"数据库中已有加密数据，但缺少 {missing[0]}，请从密钥备份中恢复。",
            code="key_missing",
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in missing:
        _write(path, [_new_key()])
    forget_keys()
    if migrated:
        register_keys()
    return missing


def rotate_keys() -> str:
    """Add a data key that encrypts from now on and register it; returns its id.

    Running processes read the keys at their start: restart them, then `reencrypt`.
    """
    if os.environ.get("PORTAL_DATA_KEYS"):
        raise KeyTrouble("密钥来自环境变量 PORTAL_DATA_KEYS，请在设置该变量处轮换密钥。", code="key")
    if not _has_tables():
        raise KeyTrouble("数据库还没有建表，请先执行迁移（migrate）。", code="unmigrated")
    register_keys()
    path = keys_dir() / "data.key"
    before = path.read_text(encoding="ascii").split()
    with transaction.atomic():
        _write(path, [*before, _new_key()])
        forget_keys()
        current = keys().current
        KeyCheck.objects.create(key_id=current, value=key_check_values()[current])
    return current


def reencrypt(*, batch: int = 1000) -> int:
    """Encrypt again, with the newest key, every value that an older one holds; returns how many. Repeatable."""
    current, changed = keys().current, 0
    for model, field in encrypted_fields():
        rows = model._base_manager.exclude(**{field.attname: ""}).order_by("pk").values_list("pk", field.attname)  # noqa: SLF001
        for pk, value in rows.iterator(chunk_size=batch):
            if value is not None and key_of(value.ciphertext) != current:
                same = model._base_manager.filter(pk=pk, **{f"{field.attname}__ciphertext": value.ciphertext})  # noqa: SLF001
                changed += same.update(**{field.attname: str(value)})
    return changed


def encrypted_fields() -> Iterator[tuple[type[models.Model], "EncryptedTextField"]]:
    """Yield every encrypted field of every table of the portal."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:  # noqa: SLF001
            if isinstance(field, EncryptedTextField) and model._meta.managed:  # noqa: SLF001
                yield model, field


def _has_tables() -> bool:
    """Whether the table of the keys' check values has been made; before the first `migrate` nothing is encrypted."""
    return KeyCheck._meta.db_table in connection.introspection.table_names()  # noqa: SLF001


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _write(path: Path, lines: list[str]) -> None:
    """Replace a key file whole, readable by nobody else."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def register_after_migrate(*, using: str = "default", **_signal: Any) -> None:
    """Register the keys of a database that has none registered, if there are keys."""
    try:
        present = bool(keys().data)
    except KeyTrouble:
        return
    if present and not KeyCheck.objects.using(using).exists():
        register_keys(using=using)
