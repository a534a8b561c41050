"""How exact a total is."""

from django.db import models


class Approximation(models.TextChoices):
    """How exact a number of a total is, in the source's own word; without one it is exact."""

    ROUND = "round", "整"
    OVER = "over", "余"
    NEARLY = "nearly", "近"
    ABOUT = "about", "约"


# What a total may say, each with a word of its own: people, times or things, yuan, per cent.
MEASURES = ("heads", "times", "amount", "share")
