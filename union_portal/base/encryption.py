"""Encryption at rest: the data keys, AES-GCM for text, HMAC-SHA256 for exact search.

Keys lie in `PORTAL_DATA_DIR/keys`: `data.key` (one key per line, the last one encrypts, all decrypt) and `index.key`;
or in the environment, `PORTAL_DATA_KEYS` (separated by commas) and `PORTAL_INDEX_KEY`. A key is 32 bytes in URL-safe
base64. Nothing here ever makes a key: see `union_portal.base.keyring`.
"""

import base64
import binascii
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from union_portal.base.errors import DomainError

PREFIX = "aes1:"
KEY_BYTES = 32
NONCE_BYTES = 12


class KeyTrouble(DomainError):
    """A key is missing, unreadable, or not the one the data was encrypted with."""


@dataclass(frozen=True)
class Keys:
    """The keys of this installation; `data` by key id, oldest first."""

    data: dict[str, bytes]
    index: bytes

    @property
    def current(self) -> str:
        """Return the id of the key that encrypts."""
        return next(reversed(self.data))


def key_id(key: bytes) -> str:
    """Return the id a ciphertext carries of its key; it says nothing about the key."""
    return hashlib.sha256(b"union-portal key id" + key).hexdigest()[:8]


def keys_dir() -> Path:
    """Return the folder of the key files."""
    return Path(settings.PORTAL_DATA_DIR) / "keys"


def keys() -> Keys:
    """Return the keys, read once per process; KeyTrouble if one is missing or malformed."""
    return _load(
        settings.PORTAL_DATA_DIR, os.environ.get("PORTAL_DATA_KEYS", ""), os.environ.get("PORTAL_INDEX_KEY", "")
    )


@lru_cache(maxsize=8)
def _load(data_dir: Path | str, data: str, index: str) -> Keys:
    folder = Path(data_dir) / "keys"
    data_keys = [_decode(text) for text in (data.split(",") if data else _read(folder / "data.key"))]
    index_keys = [_decode(text) for text in ([index] if index else _read(folder / "index.key"))]
    if len(index_keys) != 1:
        raise KeyTrouble("检索密钥必须有且只有一个。", code="key")
    return Keys({key_id(key): key for key in data_keys}, index_keys[0])


def forget_keys() -> None:
    """Read the keys anew at the next use, after the files have changed."""
    _load.cache_clear()
    _cipher.cache_clear()


def _read(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="ascii").split()
    except OSError as error:
        raise KeyTrouble(
            f"密钥文件 {path} 无法读取（{error.strerror}），请从密钥备份中恢复。",
            code="key_missing",
        ) from error
    if not lines:
        raise KeyTrouble(f"密钥文件 {path} 是空的，请从密钥备份中恢复。", code="key")
    return lines


def _decode(text: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text.strip())
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyTrouble("密钥格式不对，应为32字节的 URL 安全 base64。", code="key")
    return key


@lru_cache(maxsize=32)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def encrypt(plaintext: str, *, context: str) -> str:
    """Return the ciphertext of a text; it can be read only with the same context (table.column)."""
    return encrypter(context=context)(plaintext)


def encrypter(*, context: str) -> Callable[[str], str]:
    """Return `encrypt` for many texts of one column: the key is looked up once."""
    ring = keys()
    seal, associated, head = _cipher(ring.data[ring.current]).encrypt, context.encode(), f"{PREFIX}{ring.current}:"

    def encrypt_one(plaintext: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + seal(nonce, plaintext.encode(), associated)
        return head + binascii.b2a_base64(sealed, newline=False).decode("ascii")

    return encrypt_one


def decrypt(ciphertext: str, *, context: str) -> str:
    """Return the text of a ciphertext; KeyTrouble if its key is missing or it was tampered with or moved."""
    name, _colon, body = ciphertext.removeprefix(PREFIX).partition(":")
    key = keys().data.get(name) if ciphertext.startswith(PREFIX) else None
    if key is None:
        raise KeyTrouble(
            "{context} 中有用密钥“{key}”加密的数据，但 data.key 中没有这把密钥，请恢复该密钥。".format(
                context=context, key=name if ciphertext.startswith(PREFIX) else "?"
            ),
            code="key_unknown",
        )
    try:
        sealed = base64.b64decode(body, validate=True)
        return _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise KeyTrouble(
            f"{context} 中的一个值无法解密：它在系统之外被改动或移动过。",
            code="tampered",
        ) from error


def seal(content: bytes, *, context: str) -> bytes:
    """Return a whole file's ciphertext; it can be read only with the same context."""
    ring = keys()
    nonce = os.urandom(NONCE_BYTES)
    head = f"{PREFIX}{ring.current}:".encode("ascii")
    return head + nonce + _cipher(ring.data[ring.current]).encrypt(nonce, content, context.encode())


def unseal(sealed: bytes, *, context: str) -> bytes:
    """Return what `seal` was given; KeyTrouble if its key is missing or it is no such ciphertext."""
    head, _colon, body = sealed.removeprefix(PREFIX.encode()).partition(b":")
    key = keys().data.get(head.decode("ascii", "replace")) if sealed.startswith(PREFIX.encode()) else None
    try:
        if key is not None:
            return _cipher(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):
        pass
    raise KeyTrouble(f"{context} 中的一个文件无法解密。", code="tampered")


def key_of(ciphertext: str) -> str:
    """Return the id of the key a ciphertext was made with, "" for what is none."""
    return ciphertext.removeprefix(PREFIX).partition(":")[0] if ciphertext.startswith(PREFIX) else ""


def normalise_secret(value: str) -> str:
    """Return a number as the blind index sees it: half-width, upper case, without spaces and hyphens."""
    if value.isascii() and value.isalnum():  # as nearly all are; ten thousand are imported at once
        return value.upper()
    return "".join(unicodedata.normalize("NFKC", value).upper().replace("-", "").split())


def blind_index(value: str | None) -> str | None:
    """Return the keyed hash (64 hex digits) by which an encrypted value is found, None for an empty one."""
    return indexer()(value)


def indexer() -> Callable[[str | None], str | None]:
    """Return `blind_index` for many values: the key is looked up once."""
    key, digest = keys().index, hmac.digest

    def index_one(value: str | None) -> str | None:
        text = normalise_secret(value or "")
        return digest(key, text.encode(), "sha256").hex() if text else None

    return index_one


def key_check_values() -> dict[str, str]:
    """Return what each key makes of a fixed text, by key id; the index key's id is "index"."""
    ring = keys()
    return {name: _check(key) for name, key in [*ring.data.items(), ("index", ring.index)]}


def key_check_value() -> str:
    """Return the check value of the key that encrypts."""
    return key_check_values()[keys().current]


def _check(key: bytes) -> str:
    return hmac.new(key, b"union-portal key check", hashlib.sha256).hexdigest()
