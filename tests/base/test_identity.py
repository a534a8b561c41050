"""Identity numbers, mobiles and bank cards: what is right passes, what is wrong is named."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from union_portal.base.errors import Refused
from union_portal.base.identity import (
    CHECK_CHARACTERS,
    WEIGHTS,
    IdentityKind,
    check_bank_card,
    check_identity,
    check_mobile,
    mask_bank_card,
    mask_identity,
    mask_mobile,
)

TODAY = dt.date(2026, 11, 21)


def complete(seventeen: str) -> str:
    """Add the check digit."""
    return seventeen + CHECK_CHARACTERS[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True)) % 11]


def test_a_resident_number_tells_birth_date_and_gender() -> None:
    found = check_identity("１１０１０５ 19491231 002x", today=TODAY)
    assert found.number == "11010519491231002X"
    assert (found.kind, found.birth_date, found.gender) == (IdentityKind.RESIDENT, dt.date(1949, 12, 31), "female")


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits_are_identity_numbers(region: str) -> None:
    found = check_identity(complete(f"{region}19900307001"), today=TODAY)
    assert found.kind == IdentityKind.RESIDENCE_PERMIT
    assert found.gender == "male"


def test_new_permanent_residence_cards_are_identity_numbers() -> None:
    assert check_identity(complete("91110019800101002"), today=TODAY).kind == IdentityKind.FOREIGN_PERMANENT


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105491231002", "shape"),
        ("1101051949123100", "shape"),
        ("1.10105E+17", "shape"),
        ("11010519491231O02X"[:18], "shape"),
        ("X10105194912310021", "shape"),
        ("", "shape"),
        (complete("00010519491231002"), "region"),
        (complete("11010519490231002"), "birth_date"),
        (complete("11010518491231002"), "birth_date"),
        (complete("11010520991231002"), "birth_date"),
        ("110105194912310021", "checksum"),
    ],
)
def test_wrong_numbers_are_refused_with_their_reason(number: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_identity(number, today=TODAY)
    assert (refusal.value.field, refusal.value.code) == ("identity_number", code)


def test_somebody_born_today_has_a_number() -> None:
    assert check_identity(complete("11010520261121002"), today=TODAY).birth_date == TODAY
    with pytest.raises(Refused):
        check_identity(complete("11010520261122002"), today=TODAY)


@settings(deadline=None)
@given(
    st.dates(min_value=dt.date(1900, 1, 1), max_value=TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9)
)
def test_every_mistyped_digit_is_noticed(born: dt.date, order: int, place: int, by: int) -> None:
    number = complete(f"320102{born:%Y%m%d}{order:03}")
    assert check_identity(number, today=TODAY).birth_date == born
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(Refused):
        check_identity(wrong, today=TODAY)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("E12345678", IdentityKind.PASSPORT),
        ("H1234567890", IdentityKind.HK_MACAO_PERMIT),
        ("M12345678", IdentityKind.HK_MACAO_PERMIT),
        ("USA310075010100", IdentityKind.FOREIGN_PERMANENT),
    ],
)
def test_other_documents_are_known_by_their_shape(number: str, kind: IdentityKind) -> None:
    found = check_identity(number.lower())
    assert (found.number, found.kind, found.birth_date, found.gender) == (number, kind, None, "")


def test_a_document_must_be_of_the_kind_that_was_said() -> None:
    assert check_identity("12345678", kind=IdentityKind.TAIWAN_PERMIT).number == "12345678"
    assert check_identity("123456789", kind=IdentityKind.PASSPORT).number == "123456789"
    with pytest.raises(Refused):
        check_identity("11010519491231002X", kind=IdentityKind.RESIDENCE_PERMIT)
    with pytest.raises(Refused):
        check_identity("12", kind=IdentityKind.PASSPORT)


@pytest.mark.parametrize("text", ["13800138000", "+86 138-0013-8000", "１３８００１３８０００", "008613800138000"])
def test_mobiles_lose_what_is_not_the_number(text: str) -> None:
    assert check_mobile(text) == "13800138000"


@pytest.mark.parametrize(
    ("text", "code"), [("1380013800", "length"), ("12800138000", "start"), ("1380013800a", "shape"), ("", "shape")]
)
def test_wrong_mobiles_are_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_mobile(text)
    assert (refusal.value.field, refusal.value.code) == ("mobile", code)


def test_bank_cards_are_checked_by_length_and_check_digit() -> None:
    assert check_bank_card("4111 1111-1111 1111") == "4111111111111111"
    for text, code in (("41111111111", "length"), ("4111111111111112", "checksum"), ("4111x11111111111", "shape")):
        with pytest.raises(Refused) as refusal:
            check_bank_card(text)
        assert (refusal.value.field, refusal.value.code) == ("bank_card", code)


def test_masks_hide_the_middle() -> None:
    assert mask_identity("11010519491231002X") == "110***********002X"
    assert mask_identity("E12345678") == "E******78"
    assert mask_mobile("13800138000") == "138****8000"
    assert mask_bank_card("4111111111111111") == "************1111"
    assert mask_mobile("138") == "***"
    assert mask_identity("") == ""
