"""The figures of the school's committees: their meetings, and the documents these reviewed."""

from django.db.models import F, Func, TextField, Value

from congress.committees.models import Meeting, ReviewedDocument
from union_portal.base.figures.kind import Kind

_PLAIN = Func(
    F("title"), Value(r"[《》\s]"), Value(""), Value("g"), function="regexp_replace", output_field=TextField()
)

KINDS = [
    Kind(
        "congress.meetings",
        "委员会会议次数",
        unit="次",
        records=Meeting.objects.filter(committee__branch__isnull=True),
        day="held_on",
        part="committee__kind",
        columns=("held_on", "committee", "title", "due", "present"),
        basis="校级委员会会议，按召开日期计",
    ),
    Kind(
        "congress.documents",
        "委员会审议文件",
        unit="个",
        records=ReviewedDocument.objects.filter(meeting__committee__branch__isnull=True).annotate(plain=_PLAIN),
        day="meeting__held_on",
        part="meeting__committee__kind",
        once="plain",
        columns=("meeting__held_on", "meeting__committee", "title"),
        basis="委员会会议审议文件，按会议日期计，同名文件计一个",
    ),
]
