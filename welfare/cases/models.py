"""What proves a case: papers of the family, the hospital, the registry."""

from django.conf import settings
from django.db import models

from union_portal.base.history import tracked
from union_portal.base.models import once
from union_portal.base.papers import ScanField
from welfare.grants.models import Grant


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
