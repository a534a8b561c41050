"""Words and columns of lists of what was given: forms, relations, approval and source."""

from members.kin.enums import Relation
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Text
from welfare.benefits.enums import Form

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
APPROVAL = (
    Column(key="approver", label="审批人", parser=Text(longest=60), synonyms=("批准人", "审批"), example="主席"),
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
