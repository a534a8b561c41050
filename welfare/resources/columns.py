"""The columns of welfare's spreadsheets and the words they know."""

from members.enums import Relation
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Amount, Boolean, Choice, Code, Name, Text
from welfare.enums import Form

FORMS = {
    "实物": Form.GOODS,
    "慰问品": Form.GOODS,
    "物品": Form.GOODS,
    "提货券": Form.COUPON,
    "蛋糕券": Form.COUPON,
    "券": Form.COUPON,
    "现金": Form.CASH,
    "慰问金": Form.CASH,
    "转账": Form.CASH,
    "服务": Form.SERVICE,
    "保障": Form.COVER,
}
RELATIONS = {
    "配偶": Relation.SPOUSE,
    "妻子": Relation.SPOUSE,
    "丈夫": Relation.SPOUSE,
    "父母": Relation.PARENT,
    "父亲": Relation.PARENT,
    "母亲": Relation.PARENT,
    "子女": Relation.CHILD,
    "儿子": Relation.CHILD,
    "女儿": Relation.CHILD,
    "公婆": Relation.PARENT_IN_LAW,
    "岳父母": Relation.PARENT_IN_LAW,
    "岳父": Relation.PARENT_IN_LAW,
    "岳母": Relation.PARENT_IN_LAW,
    "公公": Relation.PARENT_IN_LAW,
    "婆婆": Relation.PARENT_IN_LAW,
    "兄弟姐妹": Relation.SIBLING,
    "其他": Relation.OTHER,
}
STAFF_NUMBER = Column(
    key="staff_number",
    label="工号",
    parser=Code(longest=32),
    synonyms=("职工号", "教工号", "人员编号"),
    required=True,
    example="20150012",
)
NAME = Column(key="name", label="姓名", parser=Name(), required=True, example="张伟", synonyms=("职工姓名",))
APPROVAL = (
    Column(key="approver", label="审批人", parser=Text(longest=60), synonyms=("批准人", "审批"), example="工会主席"),
    Column(key="approved_on", label="审批日期", parser=Date(), synonyms=("批准日期",), example="2022-01-10"),
    Column(
        key="document",
        label="审批文号",
        parser=Text(longest=100),
        synonyms=("文号", "审批文件"),
        example="工字〔2022〕1号",
    ),
)
SOURCE = Column(
    key="source", label="来源", parser=Text(longest=200), synonyms=("数据来源",), example="2022年春节发放签收表"
)
ROSTER = (STAFF_NUMBER, NAME)
GRANTS = (
    STAFF_NUMBER,
    NAME,
    Column(
        key="benefit",
        label="福利项目",
        parser=Text(),
        synonyms=("项目", "慰问项目", "福利名称"),
        required=True,
        example="春节慰问品",
        help="福利项目的名称或编码",
    ),
    Column(
        key="occasion",
        label="节日与活动",
        parser=Text(longest=64),
        synonyms=("场合", "批次", "发放批次", "节日"),
        example="2022年春节",
    ),
    Column(key="event_on", label="事件日期", parser=Date(), synonyms=("发生日期",), example="2022-01-05"),
    Column(
        key="relation",
        label="与本人关系",
        parser=Choice(Relation, synonyms=RELATIONS),
        synonyms=("关系",),
        example="父母",
    ),
    Column(
        key="granted_on",
        label="日期",
        parser=Date(months=False),
        synonyms=("发放日期", "慰问日期", "享受日期"),
        required=True,
        example="2022-01-20",
    ),
    Column(key="amount", label="金额", parser=Amount(least=0), synonyms=("金额（元）", "价值"), example="500.00"),
    Column(key="form", label="形式", parser=Choice(Form, synonyms=FORMS), synonyms=("发放形式",), example="实物"),
    *APPROVAL,
    SOURCE,
    Column(key="posted", label="记台账", parser=Boolean(), synonyms=("是否记台账",), example="否"),
)
COVERS = (
    STAFF_NUMBER,
    NAME,
    Column(
        key="plan",
        label="保障计划",
        parser=Text(),
        synonyms=("险种", "互助保障计划", "计划"),
        required=True,
        example="在职职工重大疾病互助保障计划",
    ),
    Column(
        key="starts_on",
        label="起始日期",
        parser=Date(months=False),
        synonyms=("生效日期", "保障起始"),
        required=True,
        example="2022-07-01",
    ),
    Column(key="ends_on", label="截止日期", parser=Date(months=False), synonyms=("终止日期", "保障截止")),
    Column(key="paid_on", label="缴费日期", parser=Date(months=False), synonyms=("参保日期",), example="2022-06-20"),
    Column(key="premium", label="保费", parser=Amount(least=0), synonyms=("保费（元）", "缴费金额"), example="95.00"),
    *APPROVAL,
    SOURCE,
)
