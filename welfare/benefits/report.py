"""The documents that the rules in force rest on."""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from union_portal.base.figures.kind import Kind
from welfare.benefits.models import BenefitRule

# A clause names its document in 《》; where it does not, it is told as it stands.
_NAMED = Func(F("source"), Value("《[^》]+》"), function="substring", output_field=TextField())

_DOCUMENT = Coalesce(NullIf(F("document"), Value("")), _NAMED, F("source"), output_field=TextField("文件"))
# What still says that it is a value to start from names no document.
_RULES = BenefitRule.objects.filter(example=False).exclude(source__contains="起始值").annotate(named=_DOCUMENT)

KINDS = [
    Kind(
        "welfare.rule_sources",
        "慰问标准依据文件",
        unit="份",
        records=_RULES,
        day="valid_from",
        until="valid_to",
        once="named",
        title="named",
        columns=("benefit__name", "category", "variant", "source", "valid_from", "valid_to"),
        basis="现行慰问标准的依据条款，同一文件计一份",
    )
]
