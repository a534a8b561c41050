"""Reading keys that a browser sent: garbage is left out, it never stops a page."""

from collections.abc import Iterable

# A key of the database has at most this many digits; Python refuses to read numbers of thousands of digits.
LONGEST_KEY = 18


def keys_in(values: Iterable[str]) -> list[int]:
    """Return the values that can be keys of rows, in their order."""
    return [int(value) for value in values if value.isdecimal() and len(value) <= LONGEST_KEY]
