"""In what a term is counted."""

from django.db import models


class TermUnit(models.TextChoices):
    """期限单位."""

    DAYS = "days", "天"
    WORKDAYS = "workdays", "个工作日"
    MONTHS = "months", "个月"
