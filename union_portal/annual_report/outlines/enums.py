"""The two kinds of report an outline can be, and the themes that its sections tell of."""

from django.db import models


class Style(models.TextChoices):
    """What a report is for: read aloud to the congress, or handed in as a department's summary."""

    SPEECH = "speech", "向大会的报告"
    SUMMARY = "summary", "部门总结"


class Theme(models.TextChoices):
    """What real reports are ordered by."""

    IDEAS = "ideas", "思想引领"
    DEMOCRACY = "democracy", "民主管理"
    ACHIEVEMENT = "achievement", "建功立业"
    CARE = "care", "暖心服务"
    CULTURE = "culture", "文体活动"
    WOMEN = "women", "女职工"
    RETIREES = "retirees", "离退休"
    ORGANISATION = "organisation", "自身建设"
    MONEY = "money", "经费"
