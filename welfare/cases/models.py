"""What proves a case: papers of the family, the hospital, the registry; and why one came back, by a coded reason."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from union_portal.base.history import tracked
from union_portal.base.models import once
from union_portal.base.papers import ScanField
from union_portal.base.querysets import WholeListQuerySet
from welfare.grants.models import Grant, GrantMove


@tracked()
class Evidence(models.Model):
    """证明材料: one paper that came with a case."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="evidence", verbose_name="慰问记录")
    scan = ScanField("证明材料", blank=False, door="admin:welfare_grant_evidence")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人"
    )
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "证明材料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.scan)


@tracked()
class EvidenceCheck(models.Model):
    """材料核对: of a paper that the standard asks for, whether the original was seen and a copy kept."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="evidence_checks", verbose_name="慰问记录")
    item = models.CharField("材料", max_length=100)
    original_seen = models.BooleanField("原件已核", default=False)
    copy_kept = models.BooleanField("复印件已留", default=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    checked_at = models.DateTimeField("核对时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "材料核对"
        ordering = ["pk"]
        constraints = [once("grant", "item", words="该材料已在核对表中。")]

    def __str__(self) -> str:
        return self.item


@tracked()
class ReturnReason(models.Model):
    """退回原因: why a case is sent back or declined, from a list that staff keep; counted by its code."""

    code = models.CharField("编码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=32, unique=True)
    explained = models.BooleanField("须写明情况", default=False)
    active = models.BooleanField("启用", default=True)
    empty_words = "退回补充和不予通过时选择的原因，按原因统计。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "退回原因"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class CaseReturn(models.Model):
    """Why one step sent a case back or declined it: the reason's code and the papers that are missing."""

    move = models.OneToOneField(GrantMove, models.PROTECT, related_name="returned", verbose_name="变动")
    reason = models.ForeignKey(ReturnReason, models.PROTECT, related_name="returns", verbose_name="原因")
    missing = ArrayField(models.CharField(max_length=100), default=list, blank=True, verbose_name="缺少的材料")

    class Meta:
        verbose_name = verbose_name_plural = "慰问退回"

    def __str__(self) -> str:
        return str(self.reason)
