"""Lines that come to outlines already in a database, only when somebody asks for them; nothing in them is changed."""

from django.db import transaction
from django.db.models import F

from union_portal.annual_report.outlines.models import Outline, OutlineChapter, OutlineLine
from union_portal.annual_report.outlines.services.starting import DEMOCRACY, DEMOCRACY_LINES, line_of
from union_portal.base.errors import Refused

STEP = 10


def lacks_democracy(outline: Outline) -> bool:
    """Tell whether the outline counts nothing of the congress: no line of it is there under its shipped key."""
    keys = [line.kinds for line in DEMOCRACY_LINES]
    return not OutlineLine.objects.filter(chapter__outline=outline, key__in=keys).exists()


@transaction.atomic
def add_democracy(*, outline: Outline) -> list[OutlineLine]:
    """Add the congress's lines (民主管理) to an outline made before the portal counted them; refused when it has some.

    They follow the first section of the only chapter that counts anything; an outline with several such chapters, or
    none, gets a chapter of its own after the last of them. No line or chapter that is there is changed, only moved.
    """
    held = Outline.objects.select_for_update().get(pk=outline.pk)
    if not lacks_democracy(held):
        raise Refused("该提纲已有教代会数据项。")
    counting = list(held.chapters.filter(lines__isnull=False).distinct().order_by("position"))
    if len(counting) == 1:
        return _put(counting[0], after=_end_of_first_section(counting[0]))
    last = counting[-1] if counting else held.chapters.order_by("position").first()
    place = last.position if last else 0
    held.chapters.filter(position__gt=place).update(position=F("position") + 1)
    chapter = OutlineChapter.objects.create(outline=held, position=place + 1, heading=str(DEMOCRACY))
    return _put(chapter, after=0)


def _end_of_first_section(chapter: OutlineChapter) -> int:
    """Return the position of the last line before the section changes for the first time."""
    lines = list(chapter.lines.order_by("position", "pk").values_list("section", "position"))
    places = [position for section, position in lines if section == lines[0][0]]
    return max(places)


def _put(chapter: OutlineChapter, *, after: int) -> list[OutlineLine]:
    room = STEP * len(DEMOCRACY_LINES)
    chapter.lines.filter(position__gt=after).update(position=F("position") + room)
    return OutlineLine.objects.bulk_create(
        line_of(chapter, line, after + STEP * place) for place, line in enumerate(DEMOCRACY_LINES, start=1)
    )
