"""Files encrypted for one key that lies elsewhere: the age format, version 1 (age-encryption.org), X25519 recipients.

Whoever writes needs the recipient only; the key opens the file here or with the program `age`. What was cut off or
changed does not open. Files of any size pass in pieces of 64 KB.
"""

import base64
import binascii
import hashlib
import hmac
import io
import os
from typing import IO, Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from union_portal.base.errors import Refused

PIECE = 64 * 1024
_TAG = 16
_VERSION = b"age-encryption.org/v1\n"
_SECRET, _PUBLIC = "age-secret-key-", "age"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
WRONG_KEY = "密钥不对：这份文件不是为这把密钥加密的。"
BROKEN = "加密的文件已损坏或不完整，请重新下载。"


class KeyPair(NamedTuple):
    """A key and the recipient that files are encrypted for; both as the program `age` writes them."""

    secret: str
    recipient: str


def new_key() -> KeyPair:
    """Return a new key."""
    key = X25519PrivateKey.generate()
    secret = _bech32(_SECRET, key.private_bytes_raw()).upper()
    return KeyPair(secret, _bech32(_PUBLIC, key.public_key().public_bytes_raw()))


def recipient_of(secret: str) -> str:
    """Return the recipient of a key; raise `Refused` for what is none."""
    return _bech32(_PUBLIC, _private(secret).public_key().public_bytes_raw())


class Sealer(io.RawIOBase):
    """A file that encrypts what is written into it; `close` makes it whole, and leaves the file below open."""

    def __init__(self, out: IO[bytes], *, recipient: str) -> None:
        super().__init__()
        theirs = _unbech32(recipient, _PUBLIC)
        file_key, own = os.urandom(16), X25519PrivateKey.generate()
        share = own.public_key().public_bytes_raw()
        wrap = _derived(own.exchange(X25519PublicKey.from_public_bytes(theirs)), share + theirs, b"X25519")
        body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
        head = _VERSION + b"-> X25519 " + _b64(share) + b"\n" + _b64(body) + b"\n---"
        nonce = os.urandom(16)
        out.write(head + b" " + _b64(_mac(file_key, head)) + b"\n" + nonce)
        self._out, self._cipher = out, ChaCha20Poly1305(_payload_key(file_key, nonce))
        self._waiting, self._count = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Take more; whole pieces go on at once, all but the last, which only `close` knows."""
        given = memoryview(data).cast("B")
        self._waiting += given
        while len(self._waiting) > PIECE:
            self._piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(given)

    def close(self) -> None:
        """Write the last piece."""
        if not self.closed:
            self._piece(bytes(self._waiting), last=True)
        super().close()

    def _piece(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._count, last=last), piece, None))
        self._count += 1


def unseal_into(sealed: IO[bytes], out: IO[bytes], *, secret: str) -> None:
    """Decrypt a file; raise `Refused` for another key, and for a file that was changed or cut off."""
    own = _private(secret)
    mine = own.public_key().public_bytes_raw()
    head, file_key = sealed.readline(100), None
    if head != _VERSION:
        raise Refused(BROKEN)
    while (line := sealed.readline(1000)).startswith(b"->"):
        body = sealed.readline(1000)
        head += line + body
        kind, _space, share_text = line.removeprefix(b"-> ").strip().partition(b" ")
        if kind == b"X25519":
            file_key = file_key or _unwrapped(own, mine, _unb64(share_text), _unb64(body.strip()))
    if file_key is None:
        raise Refused(WRONG_KEY if line.startswith(b"---") else BROKEN)
    if not line.startswith(b"--- ") or not hmac.compare_digest(_mac(file_key, head + b"---"), _unb64(line[4:].strip())):
        raise Refused(BROKEN)
    cipher, count = ChaCha20Poly1305(_payload_key(file_key, sealed.read(16))), 0
    piece, following = sealed.read(PIECE + _TAG), sealed.read(PIECE + _TAG)
    while True:
        try:
            out.write(cipher.decrypt(_nonce(count, last=not following), piece, None))
        except (InvalidTag, ValueError) as error:
            raise Refused(BROKEN) from error
        if not following:
            return
        piece, following, count = following, sealed.read(PIECE + _TAG), count + 1


def _unwrapped(own: X25519PrivateKey, mine: bytes, share: bytes, body: bytes) -> bytes | None:
    try:
        wrap = _derived(own.exchange(X25519PublicKey.from_public_bytes(share)), share + mine, b"X25519")
        return ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
    except (InvalidTag, ValueError):
        return None


def _private(secret: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_unbech32(secret.strip().lower(), _SECRET))


def _derived(key: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, b"age-encryption.org/v1/" + label).derive(key)


def _payload_key(file_key: bytes, nonce: bytes) -> bytes:
    return HKDF(SHA256(), 32, nonce, b"payload").derive(file_key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(HKDF(SHA256(), 32, b"", b"header").derive(file_key), head, hashlib.sha256)


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise Refused(BROKEN) from error


# Bech32 (BIP 173), in which keys are written: letters not mistaken for each other, and six that check the rest.


def _check(values: list[int]) -> int:
    made = 1
    for value in values:
        top, made = made >> 25, (made & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            made ^= part if top >> place & 1 else 0
    return made


def _spread(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _bech32(prefix: str, data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    made = _check(_spread(prefix) + values + [0] * 6) ^ 1
    values += [made >> 5 * (5 - place) & 31 for place in range(6)]
    return prefix + "1" + "".join(_LETTERS[value] for value in values)


def _unbech32(text: str, prefix: str) -> bytes:
    head, _one, tail = text.rpartition("1")
    places = [_LETTERS.find(letter) for letter in tail]
    if head != prefix or -1 in places or _check(_spread(head) + places) != 1:
        raise Refused("这不是密钥：密钥以 AGE-SECRET-KEY-1 开头，共 74 个字符，请完整复制。", field="key")
    bits = "".join(f"{place:05b}" for place in places[:-6])
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) // 8 * 8, 8))
