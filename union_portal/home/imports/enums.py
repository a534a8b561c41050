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


class Work(models.TextChoices):
    """What the worker does with a large upload."""

    JUDGING = "judging", "正在比对"
    SAVING = "saving", "正在保存"


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


class MappingState(models.TextChoices):
    USED = "used", "使用中"
    REMOVED = "removed", "不再使用"


MAPPING_MACHINE = Machine(
    name="home.word_mapping",
    initial=[MappingState.USED],
    moves=[Move("remove", MappingState.USED, MappingState.REMOVED, "不再使用", permission="change")],
)


class AbsenceState(models.TextChoices):
    OPEN = "open", "待办理"
    RETIRED = "retired", "已办理退休"
    TRANSFERRED = "transferred", "已办理转出"
    LEFT = "left", "已办理退会"
    SET_ASIDE = "set_aside", "暂不处理"
    BACK = "back", "又在名单中"


ABSENCE_MACHINE = Machine(
    name="home.absence",
    initial=[AbsenceState.OPEN],
    moves=[
        Move("retire", AbsenceState.OPEN, AbsenceState.RETIRED, "办理退休", required=("on",), permission="deal"),
        Move(
            "transfer_out",
            AbsenceState.OPEN,
            AbsenceState.TRANSFERRED,
            "办理转出",
            required=("on", "counterpart"),
            permission="deal",
        ),
        Move("leave", AbsenceState.OPEN, AbsenceState.LEFT, "办理退会", required=("on",), permission="deal"),
        Move("set_aside", AbsenceState.OPEN, AbsenceState.SET_ASIDE, "暂不处理", why=True, permission="deal"),
        Move("reopen", AbsenceState.SET_ASIDE, AbsenceState.OPEN, "重新列入待办理", permission="deal"),
        Move("return", AbsenceState.OPEN, AbsenceState.BACK, "又在名单中"),
        Move("return", AbsenceState.SET_ASIDE, AbsenceState.BACK, "又在名单中"),
    ],
)
