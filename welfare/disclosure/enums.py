"""The states of a public notice and of an objection to it, with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class DisclosureState(models.TextChoices):
    OPEN = "open", "公示中"
    OBJECTED = "objected", "有异议"
    ENDED = "ended", "公示无异议"
    WITHDRAWN = "withdrawn", "已撤下"


class ObjectionState(models.TextChoices):
    RAISED = "raised", "待答复"
    ANSWERED = "answered", "已答复"


DISCLOSURE_MACHINE = Machine(
    name="welfare.disclosure",
    initial=[DisclosureState.OPEN],
    moves=[
        Move("end", DisclosureState.OPEN, DisclosureState.ENDED, "结束公示"),
        # An objection was registered.
        Move("object", DisclosureState.OPEN, DisclosureState.OBJECTED, "登记异议"),
        Move("withdraw", DisclosureState.OPEN, DisclosureState.WITHDRAWN, "撤下公示", why=True),
    ],
    notes={
        "end": "公示期满且没有异议，公示的事项随即生效。",
        "withdraw": "公示内容有误的先撤下，公示的事项退回重新办理。",
    },
    following={
        DisclosureState.OPEN: "下一步：收到异议的，在本页登记异议；期满没有异议的，由生活福利委员结束公示。",
        DisclosureState.OBJECTED: "公示的事项已退回重新办理；异议核实后请答复。",
    },
)
OBJECTION_MACHINE = Machine(
    name="welfare.objection",
    initial=[ObjectionState.RAISED],
    moves=[
        Move(
            *("answer", ObjectionState.RAISED, ObjectionState.ANSWERED, "答复异议"),
            required=("answer", "answered_on", "upheld"),
        ),
    ],
    notes={"answer": "写明核实的结果，并告知提出人。"},
    following={ObjectionState.RAISED: "下一步：生活福利委员核实后答复提出人。"},
)
