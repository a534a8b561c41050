"""The union's own particulars as every page, paper and period asks for them."""

import base64
import datetime as dt
import io
import logging
import time
from functools import lru_cache
from typing import Any

from django.urls import reverse
from PIL import Image

from union_portal.base.errors import DomainError
from union_portal.base.models.profile import THE_ONE, UnionProfile

logger = logging.getLogger(__name__)
PORTAL = "高校工会工作平台"
# Every page shows the title: another process may show the old one for so long after it was changed.
SECONDS = 5.0
# On paper the emblem is at most 18 mm high: so many dots are 560 to the inch.
EMBLEM_DOTS = 400
_KEPT: dict[str, tuple[float, UnionProfile]] = {}


def current() -> UnionProfile:
    """Return the row; before there is one, an unsaved one with the neutral words."""
    return UnionProfile.objects.filter(pk=THE_ONE).first() or UnionProfile()


def kept() -> UnionProfile:
    """Return the row as it was a few seconds ago at most, for what every page asks."""
    found = _KEPT.get("row")
    if found is None or time.monotonic() - found[0] > SECONDS:
        found = _KEPT["row"] = (time.monotonic(), current())
    return found[1]


def keep(profile: UnionProfile | None) -> None:
    """Show this row from now on; None: read it again when it is next asked for."""
    _KEPT.clear()
    if profile is not None:
        _KEPT["row"] = (time.monotonic(), profile)


def is_unsaid() -> bool:
    """Tell whether nobody has said yet what the union is called."""
    return kept()._state.adding  # noqa: SLF001 - Django's own way to tell


def begin() -> None:
    """Remember, as long as the row is kept, that nothing is left of the first steps."""
    kept().has_begun = True


def title(_request: Any = None) -> str:
    """Return what the portal calls itself above every page."""
    found = kept()
    return found.site_title or (f"{found.short_name}工作平台" if found.short_name else PORTAL)


def emblem(_request: Any = None) -> str:
    """Return the address of the emblem, another one for each picture; empty without one."""
    found = kept()
    # The place is random: whoever has kept a picture under this address has the right one.
    return f"{reverse('home:emblem', args=[THE_ONE])}?v={str(found.emblem.name)[-12:]}" if found.emblem else ""


def document_number(series: str, *, year: object, number: int) -> str:
    """Return the number of one of the union's own papers, such as 青院工接字〔2026〕第 00012 号."""
    return f"{kept().document_prefix or '工会'}{series}字〔{year}〕第 {number:05d} 号"


def emblem_on_paper() -> str:
    """Return the emblem as an address that needs no file (`data:`), small enough for a heading; "" without one."""
    found = kept()
    try:
        return _small(str(found.emblem.name)) if found.emblem else ""
    except (OSError, DomainError):
        # A paper is worth more than its heading's picture: the file is away, the paper is not.
        logger.exception("the emblem cannot be read")
        return ""


@lru_cache(maxsize=4)
def _small(name: str) -> str:
    # The name is random: a new picture has another one.
    made = io.BytesIO()
    with kept().emblem.storage.open(name) as file, Image.open(file) as picture:
        picture.thumbnail((EMBLEM_DOTS, EMBLEM_DOTS))
        picture.save(made, "PNG")
    return f"data:image/png;base64,{base64.b64encode(made.getvalue()).decode()}"


def school_year_start() -> tuple[int, int]:
    """Return month and day on which a school year begins."""
    return _month_and_day(kept().school_year_start)


def statistics_year_start() -> tuple[int, int]:
    """Return month and day on which a statistics year begins."""
    return _month_and_day(kept().statistics_year_start)


def _month_and_day(text: str) -> tuple[int, int]:
    month, _dash, day = text.partition("-")
    return int(month), int(day)


def year_ending(year: int, start: tuple[int, int]) -> tuple[dt.date, dt.date]:
    """Return first and last day of the year that begins on that day of every year and ends in the calendar year."""
    ends_before = dt.date(year if start > (1, 1) else year + 1, *start)
    return ends_before.replace(year=ends_before.year - 1), ends_before - dt.timedelta(1)
