"""How exact a total is."""

from django.db import models


class Approximation(models.TextChoices):
    """How exact a total is, in the source's own word."""

    EXACT = "exact", "准确"
    ROUND = "round", "整"
    OVER = "over", "余"
    NEARLY = "nearly", "近"
    ABOUT = "about", "约"
