"""Identity numbers, mobile numbers and bank cards: cleaned, checked with the reason said, masked."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from union_portal.base.errors import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# GB/T 2260 provinces; 81 to 83 are residence permits of people from Hong Kong, Macao and Taiwan.
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECK_CHARACTERS = "10X98765432"
_LETTERED = re.compile(r"[A-Z]+\d[A-Z0-9]*")
_EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_DIGITS = re.compile(r"[0-9]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_COUNTRY_CODE = re.compile(r"^(\+|00)?86(?=\d{11}$)")
_LUHN_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
EARLIEST = dt.date(1900, 1, 1)


class IdentityKind(models.TextChoices):
    """证件类型: what a person proves the identity with."""

    RESIDENT = "resident", _("resident identity card")
    RESIDENCE_PERMIT = "residence_permit", _("residence permit for Hong Kong, Macao and Taiwan residents")
    FOREIGN_PERMANENT = "foreign_permanent", _("foreigner's permanent residence card")
    PASSPORT = "passport", _("passport")
    HK_MACAO_PERMIT = "hk_macao_permit", _("mainland travel permit for Hong Kong and Macao residents")
    TAIWAN_PERMIT = "taiwan_permit", _("mainland travel permit for Taiwan residents")


PATTERNS = {
    IdentityKind.FOREIGN_PERMANENT: re.compile(r"[A-Z]{3}\d{12}"),  # cards issued before 2023
    IdentityKind.HK_MACAO_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?"),
    IdentityKind.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z]?"),
    IdentityKind.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,15}"),
}
EIGHTEEN = frozenset({IdentityKind.RESIDENT, IdentityKind.RESIDENCE_PERMIT, IdentityKind.FOREIGN_PERMANENT})


@dataclass(frozen=True)
class Identity:
    """A checked number and what it tells; `gender` is "male", "female" or "" where the number does not say."""

    number: str
    kind: IdentityKind
    birth_date: dt.date | None = None
    gender: str = ""


def _clean(text: str) -> str:
    """Return half-width upper-case characters without spaces and hyphens."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text)).upper().lstrip("'")


def _refuse(message: "str | _StrPromise", field: str, code: str) -> Refused:
    return Refused(message, field=field, code=code)


def check_identity(text: str, *, kind: IdentityKind | None = None, today: dt.date | None = None) -> Identity:
    """Check an identity number of a kind, or of the kind its shape tells.

    Refused with field "identity_number" and the reason in words. `today` bounds the birth date.
    """
    number = _clean(text)
    if kind is None:
        kind = _kind_by_shape(number)
    if kind is None or (kind in EIGHTEEN and not _is_old_foreign(number, kind)):
        found = _check_eighteen(number, today or timezone.localdate())
        if kind is not None and found.kind != kind:
            raise _refuse(
                _("This is the number of another kind of document: %(kind)s.") % {"kind": found.kind.label},
                "identity_number",
                "kind",
            )
        return found
    if not PATTERNS[kind].fullmatch(number):
        raise _refuse(
            _("This is no number of this kind of document: %(kind)s.") % {"kind": kind.label},
            "identity_number",
            "shape",
        )
    return Identity(number, kind)


def _is_old_foreign(number: str, kind: IdentityKind) -> bool:
    return kind == IdentityKind.FOREIGN_PERMANENT and number[:1].isalpha()


def _kind_by_shape(number: str) -> IdentityKind | None:
    """Return the kind of document with letters in front, None for what can only be meant as 18 digits."""
    if not _LETTERED.fullmatch(number):
        return None
    for kind in (IdentityKind.FOREIGN_PERMANENT, IdentityKind.HK_MACAO_PERMIT, IdentityKind.PASSPORT):
        if PATTERNS[kind].fullmatch(number):
            return kind
    return None


def _check_eighteen(number: str, today: dt.date) -> Identity:
    """Check an 18-digit number (GB 11643-1999, and the permits numbered in the same way)."""
    field = "identity_number"
    if reason := _shape_trouble(number):
        raise _refuse(reason, field, "shape")
    if number[:2] not in PROVINCES and number[0] != "9":
        raise _refuse(
            _("The first two digits %(digits)s are no province; check the beginning.") % {"digits": number[:2]},
            field,
            "region",
        )
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = None
    if born is None or born < EARLIEST:
        raise _refuse(
            _("Digits 7 to 14, %(digits)s, are no date of birth.") % {"digits": number[6:14]}, field, "birth_date"
        )
    if born > today:
        raise _refuse(
            _("The date of birth in the number, %(date)s, is in the future.") % {"date": born.isoformat()},
            field,
            "birth_date",
        )
    total = sum(map(mul, map(int, number[:17]), WEIGHTS))
    if CHECK_CHARACTERS[total % 11] != number[17]:
        raise _refuse(
            _("The check digit is wrong: compare the number and its last character with the card."),
            field,
            "checksum",
        )
    kind = IdentityKind.RESIDENT
    if number[:2] in {"81", "82", "83"}:
        kind = IdentityKind.RESIDENCE_PERMIT
    elif number[0] == "9":
        kind = IdentityKind.FOREIGN_PERMANENT
    return Identity(number, kind, born, "male" if int(number[16]) % 2 else "female")


def _shape_trouble(number: str) -> "_StrPromise | str":
    """Say what is wrong with the length or the characters, "" if nothing is."""
    if _EIGHTEEN.fullmatch(number):
        return ""
    if re.fullmatch(r"\d{15}", number):
        return _("This is an old 15-digit number, invalid since 2013: enter the 18 digits of the present card.")
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        return _(
            "The spreadsheet made %(number)s of the number and lost digits: format the column as text, enter it again."
        ) % {"number": number}
    if len(number) != 18:
        return _("An identity number has 18 characters, this one %(count)s.") % {"count": len(number)}
    return _("An identity number has 17 digits and a digit or X at the end; other characters are in this one.")


def check_mobile(text: str) -> str:
    """Return a mainland mobile number as 11 digits, without +86; Refused with field "mobile"."""
    number = _COUNTRY_CODE.sub("", _clean(text))
    if not _DIGITS.fullmatch(number):
        raise _refuse(_("A mobile number has digits only."), "mobile", "shape")
    if len(number) != 11:
        raise _refuse(
            _("A mobile number has 11 digits, this one %(count)s.") % {"count": len(number)}, "mobile", "length"
        )
    if not _MOBILE.fullmatch(number):
        raise _refuse(
            _("A mobile number begins with 13 to 19, this one with %(start)s.") % {"start": number[:2]},
            "mobile",
            "start",
        )
    return number


def check_bank_card(text: str) -> str:
    """Return a bank card number as its 12 to 19 digits; Refused with field "bank_card"."""
    number = _clean(text)
    if not _DIGITS.fullmatch(number):
        raise _refuse(_("A bank card number has digits only."), "bank_card", "shape")
    if not 12 <= len(number) <= 19:
        raise _refuse(
            _("A bank card number has 12 to 19 digits, this one %(count)s.") % {"count": len(number)},
            "bank_card",
            "length",
        )
    if not _passes_luhn(number):
        raise _refuse(
            _("The check digit is wrong: compare the bank card number with the card."),
            "bank_card",
            "checksum",
        )
    return number


def _passes_luhn(number: str) -> bool:
    """Tell whether the check digit is right (ISO/IEC 7812-1): every second digit from the right counts double."""
    digits = number.encode()[::-1]
    return (sum(digits[::2]) + sum(digits[1::2].translate(_LUHN_DOUBLED)) - 48 * len(digits)) % 10 == 0


def mask_identity(number: str) -> str:
    """Hide a number: 110***********1234; of shorter documents only the first and the last two characters show."""
    return _mask(number, 3, 4) if len(number) >= 15 else _mask(number, 1, 2)


def mask_mobile(number: str) -> str:
    """Hide a mobile number: 138****1234."""
    return _mask(number, 3, 4)


def mask_bank_card(number: str) -> str:
    """Hide a bank card but for its last four digits: ***************1234."""
    return _mask(number, 0, 4)


def _mask(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return f"{text[:head]}{'*' * (len(text) - head - tail)}{text[len(text) - tail :]}"
