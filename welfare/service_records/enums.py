"""The kinds of service to start with, and the stages of a child's schooling."""

from django.db import models


class Stage(models.TextChoices):
    """入学阶段: into which school a child was helped."""

    KINDERGARTEN = "kindergarten", "入园"
    PRIMARY = "primary", "幼升小"
    MIDDLE = "middle", "小升初"
    HIGH = "high", "初升高"
    COLLEGE = "college", "高考升学"
    TRANSFER = "transfer", "转学"


# Code, name, whether the people served may be named.
SERVICE_KINDS = (
    ("child_schooling", "子女入学", True),
    ("child_insurance", "子女保险", True),
    ("lecture", "讲座培训", True),
    ("consultation", "咨询服务", True),
    ("housing", "住房帮扶", True),
    ("legal", "法律援助", False),
    ("counselling", "心理服务", False),
    ("other", "其他服务", True),
)
