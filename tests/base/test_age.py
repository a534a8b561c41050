"""The age format: what the program `age` wrote opens here, what was changed does not."""

import base64
import io

import pytest

from union_portal.base import age
from union_portal.base.errors import Refused

# Made by age-keygen and age 1.1.1.
SECRET = "AGE-SECRET-KEY-1FV5L0GAPX7KM3DCM2YMH0SE6EVV4KYL62650VYUFU4HULF2Y92CQVDKG2F"
RECIPIENT = "age1pl9q2w50xzl4q4fwe24tmp0jysyqnmeyd35tqldve82jhj2mcchsfkgadj"
SEALED = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBDbkFiUjJmZndFNHpTSVZ1YlhKZG03d3FHN3ROa1F5Ym5jczVGamMyNlhV"
    "Cm40Ny84bWZPYllTZVovQyt0VnAvazFBWkJlb2pnU0pOVDhGLzE1aDM4d2sKLS0tIGFwdFJQZVZnN0NuRzNXZWgvQ2tUMU1DN1BC"
    "V2hRbzltNjhSWDBlQWJDOGcKphbGoUr23H74NgVo9NfWoQzJ+ud9+8i1BR6FbtY1e9hEsTKm2xQRV2QX9MkWIwP4Mgno"
)


def sealed(content: bytes, recipient: str) -> bytes:
    out = io.BytesIO()
    sealer = age.Sealer(out, recipient=recipient)
    sealer.write(content)
    sealer.close()
    return out.getvalue()


def opened(content: bytes, secret: str) -> bytes:
    out = io.BytesIO()
    age.unseal_into(io.BytesIO(content), out, secret=secret)
    return out.getvalue()


def test_what_age_wrote_opens_with_the_key_that_age_made() -> None:
    assert age.recipient_of(SECRET) == RECIPIENT
    assert opened(SEALED, SECRET) == "工会整体导出\n".encode()


@pytest.mark.parametrize("size", [0, 1, age.PIECE - 1, age.PIECE, age.PIECE + 1, 3 * age.PIECE])
def test_a_file_of_any_size_comes_back(size: int) -> None:
    key = age.new_key()
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert opened(sealed(content, key.recipient), key.secret) == content


@pytest.mark.attack
def test_another_key_a_cut_end_and_a_changed_byte_do_not_open() -> None:
    key, whole = age.new_key(), sealed(b"x" * (2 * age.PIECE), age.recipient_of(SECRET))
    with pytest.raises(Refused, match="密钥不对"):
        opened(whole, key.secret)
    spoilt = [whole[: -age.PIECE - 16], whole[:-1], whole[:-100] + b"\0" + whole[-99:], whole + b"x", b"", b"PK"]
    spoilt += [whole.replace(b"X25519", b"X25518", 1), whole.replace(b"--- ", b"--- A", 1), whole[:60]]
    for broken in spoilt:
        with pytest.raises(Refused):
            opened(broken, SECRET)


@pytest.mark.parametrize(
    "text", ["", "密钥", "AGE-SECRET-KEY-1", RECIPIENT, SECRET[:-1], SECRET[:-1] + "Q", SECRET[20:]]
)
def test_what_is_no_key_is_told_so(text: str) -> None:
    with pytest.raises(Refused, match="不是密钥"):
        age.recipient_of(text)
