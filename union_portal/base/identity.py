"""Identity numbers, mobile numbers and bank cards: cleaned, checked with the reason said, masked."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from operator import mul

from django.db import models
from django.utils import timezone

from union_portal.base.errors import Refused

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
# Area code, number, extension; without an area code no number begins with 0, 1 or 9.
_FIXED_LINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}|[2-8]\d{6,7})((?:转|x|ext\.?)\d{1,6})?", re.IGNORECASE)
_COUNTRY_CODE = re.compile(r"^(\+|00)?86(?=\d{11}$)")
_LUHN_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
EARLIEST = dt.date(1900, 1, 1)


class IdentityKind(models.TextChoices):
    """证件类型: what a person proves the identity with."""

    RESIDENT = "resident", "居民身份证"
    RESIDENCE_PERMIT = "residence_permit", "港澳台居民居住证"
    FOREIGN_PERMANENT = "foreign_permanent", "外国人永久居留身份证"
    PASSPORT = "passport", "护照"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民来往内地通行证"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民来往大陆通行证"


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


def _refuse(message: str, field: str, code: str) -> Refused:
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
                f"这是另一种证件的号码：{found.kind.label}。",
                "identity_number",
                "kind",
            )
        return found
    if not PATTERNS[kind].fullmatch(number):
        raise _refuse(
            f"号码不符合“{kind.label}”的格式。",
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
            f"前两位 {number[:2]} 不是省级地区代码，请核对号码开头。",
            field,
            "region",
        )
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = None
    if born is None or born < EARLIEST:
        raise _refuse(f"第7至14位 {number[6:14]} 不是有效的出生日期。", field, "birth_date")
    if born > today:
        raise _refuse(
            f"号码中的出生日期 {born.isoformat()} 晚于今天。",
            field,
            "birth_date",
        )
    total = sum(map(mul, map(int, number[:17]), WEIGHTS))
    if CHECK_CHARACTERS[total % 11] != number[17]:
        raise _refuse(
            "校验码不对，请对照证件核对号码和最后一位。",
            field,
            "checksum",
        )
    kind = IdentityKind.RESIDENT
    if number[:2] in {"81", "82", "83"}:
        kind = IdentityKind.RESIDENCE_PERMIT
    elif number[0] == "9":
        kind = IdentityKind.FOREIGN_PERMANENT
    return Identity(number, kind, born, "male" if int(number[16]) % 2 else "female")


def _shape_trouble(number: str) -> str:
    """Say what is wrong with the length or the characters, "" if nothing is."""
    if _EIGHTEEN.fullmatch(number):
        return ""
    if re.fullmatch(r"\d{15}", number):
        return "这是旧的15位号码，2013年起已停用，请填写现用身份证的18位号码。"
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        return f"表格软件把号码变成了 {number}，已丢失位数，请把该列设为文本格式后重新填写。"
    if len(number) != 18:
        return f"身份证号应为18位，此号码为{len(number)}位。"
    return "身份证号应为17位数字加最后一位数字或X，此号码含有其他字符。"


def check_mobile(text: str) -> str:
    """Return a mainland mobile number as 11 digits, without +86; Refused with field "mobile"."""
    number = _COUNTRY_CODE.sub("", _clean(text))
    if not _DIGITS.fullmatch(number):
        raise _refuse("手机号只能是数字。", "mobile", "shape")
    if len(number) != 11:
        raise _refuse(f"手机号应为11位，此号码为{len(number)}位。", "mobile", "length")
    if not _MOBILE.fullmatch(number):
        raise _refuse(
            f"手机号应以13至19开头，此号码以 {number[:2]} 开头。",
            "mobile",
            "start",
        )
    return number


def check_phone(text: str) -> str:
    """Return a mainland mobile number, or a fixed line with its area code or without; Refused with field "mobile"."""
    number = _clean(text)
    if _MOBILE.fullmatch(number):
        return number
    if _FIXED_LINE.fullmatch(re.sub(r"[()\s-]", "", unicodedata.normalize("NFKC", text))):
        return number
    return check_mobile(text)


def check_bank_card(text: str) -> str:
    """Return a bank card number as its 12 to 19 digits; Refused with field "bank_card"."""
    number = _clean(text)
    if not _DIGITS.fullmatch(number):
        raise _refuse("银行卡号只能是数字。", "bank_card", "shape")
    if not 12 <= len(number) <= 19:
        raise _refuse(
            f"银行卡号应为12至19位，此卡号为{len(number)}位。",
            "bank_card",
            "length",
        )
    if not _passes_luhn(number):
        raise _refuse(
            "校验码不对，请对照银行卡核对卡号。",
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
