"""How many delegates there are on a day."""

from congress.delegates.models import Delegate
from union_portal.base.figures.kind import Kind

KINDS = [
    Kind(
        "congress.delegates",
        "教代会、工代会代表",
        unit="人",
        records=Delegate.objects.voting(),
        day="valid_from",
        until="valid_to",
        part="congress__body",
        owner="congress__branch",
        once="person",
        heads="person",
        columns=("person__staff_number", "person__name", "delegation", "valid_from"),
        basis="代表资格登记（有表决权）",
    )
]
