"""What happens to a person that the union answers to."""

from django.db import models


class EventKind(models.TextChoices):
    """婚育病丧."""

    WEDDING = "wedding", "结婚"
    BIRTH = "birth", "生育"
    HOSPITAL = "hospital", "住院"
    ILLNESS = "illness", "重大疾病"
    DEATH = "death", "去世"
    RETIREMENT = "retirement", "退休"
    DISASTER = "disaster", "突发灾害"
    HARDSHIP = "hardship", "困难帮扶"
