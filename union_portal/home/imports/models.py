"""Uploads that wait for confirmation, and the history of what was imported."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.importing.preview import Status
from union_portal.base.models import StateMove
from union_portal.base.models.constraints import once
from union_portal.base.querysets import WholeListQuerySet
from union_portal.home.imports.enums import (
    ABSENCE_MACHINE,
    IMPORT_MACHINE,
    MAPPING_MACHINE,
    AbsenceState,
    ImportState,
    MappingState,
    Section,
    Work,
)
from union_portal.home.imports.querysets import ImportRecordQuerySet, PendingImportQuerySet

# Somebody stands in the worklist, or was put aside for a reason, once.
WAITING = (AbsenceState.OPEN, AbsenceState.SET_ASIDE)


def _place(instance: "PendingImport", filename: str) -> str:
    return f"imports/{instance.pk}.{filename.rsplit('.', 1)[-1].lower()}"


class PendingImport(models.Model):
    """A stored upload: whose, of which kind, what its preview said; confirming carries only its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pending_imports", verbose_name="账号"
    )
    kind = models.CharField("记录种类", max_length=64)
    file = models.FileField("文件", upload_to=_place)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    counts = models.JSONField("数量", default=dict)
    # What was shown for each row, hashed; confirming compares it with what it finds then.
    fingerprint = models.JSONField(default=dict)
    ignored_columns = models.JSONField(default=list)
    # Keys of the list's questions that the rows make matter, and what was answered, as written.
    asked = models.JSONField("问题", default=list)
    answers = models.JSONField("回答", default=dict)
    # Words that a column does not know: what the page asks about each.
    unknown = models.JSONField("未识别的用语", default=list)
    # By column: words of the file whose rows are made with it.
    brought = models.JSONField("一并新建", default=dict)
    # When the pages of the preview were written; None: never, as by an older version of the portal.
    checked_at = models.DateTimeField("比对时间", null=True, blank=True)
    # A large upload is the worker's: what it is doing now, and why the last work came to nothing.
    large = models.BooleanField("大文件", default=False)
    work = models.CharField("后台工作", max_length=8, choices=Work.choices, blank=True)
    failure = models.CharField("未完成的原因", max_length=500, blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    expires_at = models.DateTimeField("失效时间")
    confirmed_at = models.DateTimeField("已确认", null=True, blank=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待确认的导入"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def total(self) -> int:
        """How many rows the preview found."""
        return sum(self.counts[status] for status in Status)


class PreviewPage(models.Model):
    """One page of what a preview found, so that reading on costs the same whatever the file's size; masked as shown."""

    pending = models.ForeignKey(PendingImport, models.CASCADE, related_name="pages", verbose_name="上传文件")
    section = models.CharField("节", max_length=10, choices=Section)
    number = models.PositiveIntegerField("页")
    entries = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = verbose_name_plural = "预览页"
        ordering = ["pending", "section", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pending", "section", "number"], name="one_page_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.pending_id} {self.section} {self.number}"


class ImportRecord(models.Model):
    """导入记录: what came in by which file and through whom; what it did to each row stands under its batch."""

    batch = models.UUIDField("批次", unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("记录种类代码", max_length=64, editable=False)
    label = models.CharField("记录种类", max_length=64)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("SHA-256", max_length=64, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="导入人"
    )
    at = models.DateTimeField("导入时间", auto_now_add=True)
    new = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("修改", default=0)
    unchanged = models.PositiveIntegerField("无变化", default=0)
    answers = models.JSONField("回答", default=dict, blank=True)
    state = models.CharField("状态", max_length=12, choices=ImportState.choices, default=ImportState.SAVED)
    machine = IMPORT_MACHINE

    objects = ImportRecordQuerySet.as_manager()
    empty_words = "每次导入了哪份文件、新增和修改了多少，都记在这里，也从这里撤回。"

    class Meta:
        verbose_name = verbose_name_plural = "导入记录"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.label} {self.file_name}"


class ImportRecordMove(StateMove):
    subject = models.ForeignKey(ImportRecord, models.PROTECT, related_name="moves")


@tracked()
class WordMapping(models.Model):
    """名单用语: what a word in a column of the school's lists means; read instead of it ever after."""

    kind = models.CharField("记录种类代码", max_length=64, editable=False)
    column = models.CharField("列代码", max_length=64, editable=False)
    label = models.CharField("记录种类", max_length=64)
    heading = models.CharField("列", max_length=64)
    word = models.CharField("名单中的用语", max_length=200)
    value = models.CharField("按此登记", max_length=200)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    at = models.DateTimeField("登记时间", auto_now_add=True)
    state = models.CharField("状态", max_length=8, choices=MappingState.choices, default=MappingState.USED)
    machine = MAPPING_MACHINE

    objects = ImportRecordQuerySet.as_manager()
    empty_words = "名单中的用语按什么登记；在导入预览中说过一次，就记在这里，以后照此登记。"

    class Meta:
        verbose_name = verbose_name_plural = "名单用语"
        ordering = ["label", "heading", "word"]
        constraints = [
            once("kind", "column", "word", condition=Q(state=MappingState.USED), name="word_once", words="已登记过。"),
        ]

    def __str__(self) -> str:
        return f"{self.heading}“{self.word}”"


class WordMappingMove(StateMove):
    subject = models.ForeignKey(WordMapping, models.PROTECT, related_name="moves")


class Absence(models.Model):
    """未列入名单的人: a member whom an HR list did not name, until somebody has said what became of it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name="人员")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分工会")
    file_name = models.CharField("名单", max_length=200)
    noticed_on = models.DateField("发现日期", auto_now_add=True)
    on = models.DateField("办理日期", null=True, blank=True)
    counterpart = models.CharField("转往", max_length=100, blank=True)
    state = models.CharField("状态", max_length=12, choices=AbsenceState.choices, default=AbsenceState.OPEN)
    machine = ABSENCE_MACHINE

    objects = WholeListQuerySet.as_manager()
    empty_words = "人事名单中没有而名册中有的会员；从导入预览列入，在这里逐一办理退休、转出或退会。"

    class Meta:
        verbose_name = verbose_name_plural = "未列入名单的人"
        ordering = ["branch", "person"]
        constraints = [
            once("person", condition=Q(state__in=WAITING), name="absence_once", words="此人已在待办理的名单中。"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class AbsenceMove(StateMove):
    subject = models.ForeignKey(Absence, models.PROTECT, related_name="moves")
