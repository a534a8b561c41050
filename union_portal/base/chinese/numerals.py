"""Small numbers in Chinese: of chapters, terms and sessions."""

_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """Return 1 to 99 in Chinese, any other number in digits."""
    if number not in range(1, 100):
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _NUMERALS[tens - 1]) + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")
