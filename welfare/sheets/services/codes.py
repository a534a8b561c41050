"""What the codes of a sign-off sheet say: which sheet, and on each line whose. Neither says a name.

A line's code is printed less than 8 mm wide, so that it must be short and in the few characters that a QR code packs
closest: digits and capitals.
"""

import base64

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

from union_portal.base.errors import Refused

_SHEETS = Signer(salt="welfare.sheet")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Forty bits against a misread or made-up code; what it leads to is shown only to who may see it.
_CHECK = 8
_STRANGE = "这不是本平台签收表上的二维码，或印刷不清，请重新扫描。"


def sheet_code(*, round_id: int, branch_id: int | None) -> str:
    """Return the signed code of a branch's sheet; without a branch, of those who belong to none."""
    return _SHEETS.sign(f"{round_id}-{branch_id or 0}")


def read_sheet(code: str) -> tuple[int, int]:
    """Return the keys of the round and of the branch (0 for none) that a sheet's code names.

    Raises Refused for a code that the portal has not made.
    """
    try:
        round_id, _dash, branch_id = _SHEETS.unsign(code).partition("-")
    except BadSignature as error:
        raise Refused(_STRANGE) from error
    return int(round_id), int(branch_id)


def row_code(grant_id: int) -> str:
    """Return the signed code of one person's line."""
    return f"{_short(grant_id)}-{_check(grant_id)}"


def read_row(code: str) -> int:
    """Return the key of the grant that a line's code names. Raises Refused for a code that the portal has not made."""
    key, _dash, check = code.partition("-")
    known = key.isascii() and key.isalnum() and len(key) <= len(_short(2**63))
    number = int(key, len(_DIGITS)) if known else 0
    if not number or not constant_time_compare(check, _check(number)):
        raise Refused(_STRANGE)
    return number


def _short(number: int) -> str:
    found = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        found = _DIGITS[digit] + found
    return found


def _check(number: int) -> str:
    digest = salted_hmac("welfare.sheet.row", str(number), algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:_CHECK]
