"""What outlines and reports said by line and by chapter is said by sections: nothing is lost, nothing reads otherwise."""

import datetime as dt
import re
from itertools import groupby
from typing import Any

from django.db import migrations

_PLACEHOLDER = re.compile(r"\{([a-z_]\w*)\}(?:(?<=_wan\})万元)?")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_WORDS = {"year", "period", "union"}


def _quoting(key: str, sentence: str) -> str:
    """Return a line's sentence as a paragraph quotes figures: {heads} of this line, brackets around what may go."""

    def quote(match: re.Match[str]) -> str:
        return match[0] if match[1] in _WORDS else f"{{{key}:{match[1]}}}"

    def optional(match: re.Match[str]) -> str:
        return f"〔{match[1]}〕" if _PLACEHOLDER.search(match[1]) else match[1]

    return _PLACEHOLDER.sub(quote, _OPTIONAL.sub(optional, sentence)).rstrip("。；")


def _paragraphs(style: str, lines: list[Any]) -> list[str]:
    """A summary told each line by itself; a speech ran them on."""
    told = [(line, _quoting(line.key, line.sentence)) for line in lines if line.sentence]
    whole = [
        f"〔{text}｜{line.label}未开展：{{{line.key}:reason}}〕" if "{" in text else text for line, text in told
    ]
    if style == "summary":
        return [f"{text}。" for text in whole]
    return ["".join(f"〔{text}；〕" if "{" in text else f"{text}；" for text in whole) + "。"] if whole else []


def _filled(text: str, report: Any, union: str) -> str:
    """Return what somebody typed as it was printed: the words of the report stood in braces."""
    start, end = report.period_start, report.period_end
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    period = f"{_day(start)}至{_day(end)}"
    if whole:
        period = f"{start.year}年" if start.year == end.year else f"{start.year}—{end.year}年"
    for word, value in (("year", f"{end.year}年"), ("period", period), ("union", union)):
        text = text.replace(f"{{{word}}}", value)
    return text


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def forwards(apps: Any, _schema_editor: Any) -> None:
    chapter_texts = apps.get_model("annual_report", "ChapterText").objects.select_related("report")
    sections = apps.get_model("annual_report", "OutlineSection").objects
    paragraphs = apps.get_model("annual_report", "OutlineParagraph").objects
    texts = apps.get_model("annual_report", "SectionText").objects
    root = apps.get_model("members", "Branch").objects.filter(parent__isnull=True, kind="school").order_by("pk").first()
    union = root.name if root else "学校工会"
    for chapter in apps.get_model("annual_report", "OutlineChapter").objects.select_related("outline"):
        first = last = sections.create(
            chapter=chapter, position=10, guidance=chapter.guidance, starter=chapter.narrative
        )
        lines = list(apps.get_model("annual_report", "OutlineLine").objects.filter(chapter=chapter).order_by("position", "pk"))
        for place, (heading, group) in enumerate(groupby(lines, key=lambda line: line.section), start=2):
            told = _paragraphs(chapter.outline.style, list(group))
            if not told:
                continue
            last = first if not heading and place == 2 else sections.create(
                chapter=chapter, position=place * 10, heading=heading
            )
            for number, text in enumerate(told, start=1):
                paragraphs.create(section=last, position=number * 10, text=text)
        for one in chapter_texts.filter(chapter=chapter):
            typed = _filled(one.text, one.report, union)
            if first == last:
                texts.create(report=one.report, section=first, text=typed, closing=one.closing)
                continue
            texts.create(report=one.report, section=first, text=typed)
            texts.create(report=one.report, section=last, closing=one.closing)


class Migration(migrations.Migration):

    dependencies = [
        ("annual_report", "0005_sections"),
        ("members", "0007_words_of_measures"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
