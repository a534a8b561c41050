"""Parts of the import page, and what becomes of an import."""

from django.db import models

from union_portal.base.states import Machine, Move


class Section(models.TextChoices):
    """The lists of a preview, in the page's order."""

    FAULTS = "faults", "问题"
    WARNINGS = "warnings", "请留意"
    CHANGED = "changed", "有改动"
    NEW = "new", "新增"
    LEAVERS = "leavers", "名册中有而文件中没有的人"


class ImportState(models.TextChoices):
    SAVED = "saved", "已保存"
    TAKEN_BACK = "taken_back", "已撤回"


IMPORT_MACHINE = Machine(
    name="home.import",
    initial=[ImportState.SAVED],
    moves=[
        Move("take_back", ImportState.SAVED, ImportState.TAKEN_BACK, "撤回导入", why=True, permission="take_back"),
    ],
)
