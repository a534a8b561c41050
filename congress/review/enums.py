"""What the committee decides."""

from django.db import models


class Decision(models.TextChoices):
    FILE = "file", "立案"
    PASS_ON = "pass_on", "转意见建议"
    DECLINE = "decline", "不予立案"
    MERGE = "merge", "并案"
    RETURN = "return", "退回补充"
    REFER = "refer", "提交主席团"
