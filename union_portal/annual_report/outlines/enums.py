"""The two kinds of report an outline can be."""

from django.db import models


class Style(models.TextChoices):
    """What a report is for: read aloud to the congress, or handed in as a department's summary."""

    SPEECH = "speech", "向大会的报告"
    SUMMARY = "summary", "部门总结"
