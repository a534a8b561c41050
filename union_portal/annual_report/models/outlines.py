"""提纲: which chapters a report has, in which order, and which figures stand in them, as editable data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from union_portal.annual_report.enums import Style
from union_portal.base.history import tracked


@tracked()
class Outline(models.Model):
    """An outline. `title` and the paragraphs may use {year}, {period} and {union}."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=64, unique=True)
    style = models.CharField(_("style"), max_length=16, choices=Style.choices)
    title = models.CharField(_("title"), max_length=200)
    salutation = models.CharField(_("salutation"), max_length=64, blank=True)
    opening = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)

    class Meta:
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class OutlineChapter(models.Model):
    """章: a heading, an introduction to start from, and lines."""

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="chapters", verbose_name=_("outline"))
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=100)
    guidance = models.CharField(_("what belongs here"), max_length=200, blank=True)
    narrative = models.TextField(_("narrative to start from"), blank=True)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["outline", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["outline", "position"], name="annual_report_chapter_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.heading


@tracked()
class OutlineLine(models.Model):
    """A figure and the sentence it stands in.

    `kinds` together make one figure, each person counted once. `sentence` may use {label}, {heads}, {times}, {amount},
    {amount_wan}, {unit_price}, {numerator}, {denominator}, {share}, {year}, {period}; a part in square brackets is left
    out when one of its values is missing. `shift_months` moves the line's period (-3: 2022Q4–2023Q3 in the report of
    2023); `as_of_month` and `as_of_day` give an as-of figure its own day in the last year of the period.
    """

    chapter = models.ForeignKey(OutlineChapter, models.CASCADE, related_name="lines", verbose_name=_("chapter"))
    position = models.PositiveSmallIntegerField(_("position"))
    section = models.CharField(_("section"), max_length=100, blank=True)
    key = models.CharField(_("key"), max_length=64)
    kinds = ArrayField(models.CharField(max_length=64), verbose_name=_("kinds"))
    label = models.CharField(_("label"), max_length=64)
    sentence = models.CharField(_("sentence"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=8, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals of 万元"), default=2)
    shift_months = models.SmallIntegerField(_("months the period is moved by"), default=0)
    as_of_month = models.PositiveSmallIntegerField(_("month of the as-of day"), null=True, blank=True)
    as_of_day = models.PositiveSmallIntegerField(_("as-of day"), null=True, blank=True)
    in_table = models.BooleanField(_("in the table of benefits"), default=False)
    in_chart = models.BooleanField(_("in the chart"), default=False)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["chapter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "key"], name="annual_report_line_once"),
            models.CheckConstraint(condition=Q(kinds__len__gte=1), name="annual_report_line_has_a_kind"),
            models.CheckConstraint(
                condition=Q(as_of_month__isnull=True, as_of_day__isnull=True)
                | Q(as_of_month__range=(1, 12), as_of_day__range=(1, 31)),
                name="annual_report_line_as_of_complete",
                violation_error_message=_("An as-of day needs a month and a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_inline_title(self) -> str:
        """Name the line where the chapter's lines stand folded, one below the other."""
        named = f"{self.section} · {self.label}" if self.section else self.label
        return f"{self.position}　{named}"
