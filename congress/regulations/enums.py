"""What is done to a regulation."""

from django.db import models


class RegulationAct(models.TextChoices):
    ADOPTED = "adopted", "制定"
    REVISED = "revised", "修订"
    IMPROVED = "improved", "完善"
    REPEALED = "repealed", "废止"
