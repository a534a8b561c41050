"""Parts of the import page."""

from django.db import models


class Section(models.TextChoices):
    """The lists of a preview, in the page's order."""

    FAULTS = "faults", "问题"
    WARNINGS = "warnings", "请留意"
    CHANGED = "changed", "有改动"
    NEW = "new", "新增"
    LEAVERS = "leavers", "名册中有而文件中没有的人"
