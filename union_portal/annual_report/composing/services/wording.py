"""Numbers in what people typed that no figure backs."""

import re
from collections.abc import Iterable
from decimal import Decimal

from union_portal.base.figures import Figure
from union_portal.base.figures.sentences import QUOTE

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Numbers that are dates, ordinals or names of documents, not figures.
_NO_FIGURE = re.compile(
    r"\d{4}[-/.年]\d{0,2}[-/.月]?\d{0,2}日?|第\d+|\d+[月日届号条款项版期级]|〔\d+〕|\d{1,2}:\d{2}|《[^》]*》|\d{4}[—–-]\d{4}"
)


def unbacked(text: str, figures: Iterable[Figure]) -> list[str]:
    """Return the numbers typed by hand that no figure of the report backs, in order, each once.

    Dates, ordinals and titles of documents are no figures.
    """
    known: set[Decimal] = set()
    for figure in figures:
        for number in (figure.heads, figure.times, figure.amount, figure.unit_price, figure.denominator):
            if number is not None:
                known |= {Decimal(number), (Decimal(number) / 10_000).quantize(Decimal("0.01")).normalize()}
    bare = QUOTE.sub("", _NO_FIGURE.sub("", text))
    found = [match[0] for match in _NUMBER.finditer(bare)]
    return list(dict.fromkeys(number for number in found if Decimal(number.replace(",", "")) not in known))
