"""Themes that come to outlines already in a database, only when somebody asks for them; nothing in them is changed."""

from django.db import transaction
from django.db.models import F

from union_portal.annual_report.outlines.enums import Style
from union_portal.annual_report.outlines.models import Outline, OutlineLine, OutlineSection
from union_portal.annual_report.outlines.services.shipped import Section
from union_portal.annual_report.outlines.services.starting import SHIPPED, STEP, add_section
from union_portal.base.errors import Refused


def lacking(outline: Outline) -> list[Section]:
    """Return the shipped sections of which the outline counts nothing: no line of theirs is there under its key."""
    present = set(OutlineLine.objects.filter(chapter__outline=outline).values_list("key", flat=True))
    sections = [one for chapter in SHIPPED[Style(outline.style)].chapters for one in chapter.sections if one.lines]
    return [one for one in sections if present.isdisjoint(line.key for line in one.lines)]


def must_have_chapter(*, outline: Outline) -> None:
    """Raise Refused while the outline has no chapter to which a section could belong."""
    if not outline.chapters.exists():
        raise Refused("请先为提纲添加一章。")


@transaction.atomic
def add_themes(*, outline: Outline) -> list[OutlineSection]:
    """Add the shipped sections that the outline lacks, with what they count; refused when it lacks none.

    They go to the end of the chapter that counts most, before a section without a heading that closes it.
    """
    held = Outline.objects.select_for_update().get(pk=outline.pk)
    wanted = lacking(held)
    if not wanted:
        raise Refused("该提纲已有全部主题。")
    must_have_chapter(outline=held)
    chapters = sorted(held.chapters.order_by("position"), key=lambda one: one.lines.count(), reverse=True)
    sections = list(chapters[0].sections.order_by("position"))
    named = [section.position for section in sections if section.heading]
    place = named[-1] if named else (sections[-1].position if sections else 0)
    chapters[0].sections.filter(position__gt=place).update(position=F("position") + STEP * len(wanted))
    return [
        add_section(chapters[0], section, position=place + STEP * number)
        for number, section in enumerate(wanted, start=1)
    ]
