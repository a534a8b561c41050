"""What people type into a draft's sections: kept while they type, saved when they say so, never over others' words."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.annual_report.reports.models import AnnualReport, SectionText, UnsavedText
from union_portal.annual_report.reports.services.drafting import require_draft, write_texts
from union_portal.base.errors import Conflict
from union_portal.base.steps import CHANGED_MEANWHILE

# What no paper can print and no person types.
_UNTYPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
TAKES = {"mine": "用我的文字", "theirs": "用同事的文字", "both": "两段都留，同事的在前"}


@dataclass(frozen=True)
class Typed:
    """The words in a section's two boxes, and the version of its text that they were typed over.

    `mark` is that of what stood in the boxes at first: words that still bear it were not touched. Where a colleague
    saved meanwhile, `take` is what was chosen (see TAKES) when the version `seen` stood beside. `kept` is the mark of
    what this window knows to be kept for its writer.
    """

    text: str
    closing: str
    over: int = 0
    mark: str = ""
    take: str = ""
    seen: int | None = None
    kept: str = ""

    @property
    def words(self) -> tuple[str, str]:
        """Both texts as they are kept: lines end alike, without characters that nobody types."""
        return plain(self.text), plain(self.closing)

    @property
    def untouched(self) -> bool:
        """Whether the boxes still hold what they were given."""
        return self.mark == mark_of(*self.words)


def plain(text: str) -> str:
    """Return a text with one kind of line end and without control characters."""
    return _UNTYPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def mark_of(text: str, closing: str) -> str:
    """Return what tells these words from others, for a form to carry."""
    return hashlib.sha256(json.dumps([text, closing]).encode()).hexdigest()[:16]


@transaction.atomic
def save_words(*, report: AnnualReport, typed: Mapping[int, Typed], actor: User) -> None:
    """Save what was typed into these sections, by section id; what was not touched stays as a colleague left it.

    Raises Conflict where a colleague saved other words meanwhile and nothing was chosen, Refused at the box in which a
    figure is quoted that there is none of.
    """
    require_draft(report)
    saved = texts_of(report)
    settled = {section: words for section, one in typed.items() if (words := _settled(one, saved.get(section)))}
    write_texts(report=report, texts=settled)
    kept = unsaved_of(report, actor)
    mine = [section for section, one in typed.items() if section in kept and not _is_elsewhere(one, kept[section])]
    drop_unsaved(report=report, by=actor, sections=mine)


def texts_of(report: AnnualReport) -> dict[int, SectionText]:
    """Return a report's texts by section."""
    return {text.section_id: text for text in report.texts.all()}


def is_stale(one: Typed, now: SectionText | None) -> bool:
    """Tell whether a colleague saved other words since these were begun."""
    return now is not None and not one.untouched and not _is_saved(one, now) and one.over != now.version


def _settled(one: Typed, now: SectionText | None) -> tuple[str, str] | None:
    """Return the words to save; None where the text stays as it is."""
    if one.untouched or (now is not None and _is_saved(one, now)):
        return None
    if now is None or not is_stale(one, now):
        return one.words
    if one.take not in TAKES or one.seen != now.version:
        raise Conflict(CHANGED_MEANWHILE)
    if one.take == "theirs":
        return None
    if one.take == "mine":
        return one.words
    text, closing = one.words
    return _both(now.text, text), _both(now.closing, closing)


def _both(theirs: str, mine: str) -> str:
    return theirs if mine == theirs else "\n".join(part for part in (theirs, mine) if part)


# Kept while typing
@dataclass(frozen=True)
class Kept:
    """What became of keeping.

    `stale` are the sections that somebody saved meanwhile, `elsewhere` those not kept because another window of the
    writer keeps other words of them, `kept` has the mark of what is kept now. `instead` has for those elsewhere what is
    kept, with its mark: a window whose own sending went unanswered, as when its page was loaded anew, knows it by that.
    """

    stale: list[int]
    elsewhere: list[int]
    kept: dict[int, str]
    instead: dict[int, tuple[str, list[str]]]


@transaction.atomic
def keep(*, report: AnnualReport, by: User, typed: Mapping[int, Typed]) -> Kept:
    """Keep what somebody has typed so far, for them alone; one window never overwrites what another kept."""
    require_draft(report)
    saved, before, at = texts_of(report), unsaved_of(report, by), timezone.now()
    elsewhere = [section for section, one in typed.items() if section in before and _is_elsewhere(one, before[section])]
    mine = {section: one for section, one in typed.items() if section not in elsewhere}
    as_saved = {section for section, one in mine.items() if section in saved and _is_saved(one, saved[section])}
    drop_unsaved(report=report, by=by, sections=as_saved)
    left = {section: one for section, one in mine.items() if section not in as_saved}
    UnsavedText.objects.bulk_create(
        [
            UnsavedText(
                report=report, section_id=section, by=by, text=one.words[0], closing=one.words[1], over=one.over, at=at
            )
            for section, one in left.items()
        ],
        update_conflicts=True,
        unique_fields=["report", "section", "by"],
        update_fields=["text", "closing", "over", "at"],
    )
    return Kept(
        stale=[section for section, one in typed.items() if is_stale(one, saved.get(section))],
        elsewhere=elsewhere,
        kept={section: mark_of(*one.words) if section in left else "" for section, one in mine.items()},
        instead={
            section: (mark_of(now.text, now.closing), [now.text, now.closing])
            for section, now in before.items()
            if section in elsewhere
        },
    )


def _is_elsewhere(one: Typed, kept: UnsavedText) -> bool:
    """Tell whether what is kept came from another window: it is neither what this one knew of nor what it holds."""
    return mark_of(kept.text, kept.closing) not in {one.kept, mark_of(*one.words)}


def _is_saved(one: Typed, now: SectionText) -> bool:
    return one.words == (now.text, now.closing)


def unsaved_of(report: AnnualReport, user: User) -> dict[int, UnsavedText]:
    """Return what this person has typed and not saved, by section."""
    return {one.section_id: one for one in UnsavedText.objects.filter(report=report, by=user)}


def drop_unsaved(*, report: AnnualReport, by: User, sections: Iterable[int]) -> None:
    """Forget what this person typed into the sections and did not save."""
    UnsavedText.objects.filter(report=report, by=by, section__in=list(sections)).delete()
