"""What of a drive's proposals members may read."""

from django.db import models


class Publication(models.TextChoices):
    """How far the congress publishes its filed proposals inside the portal."""

    NOTHING = "nothing", "不公开"
    STATE = "state", "公开案由和状态"
    REPLY = "reply", "公开案由、内容、状态和答复"
