"""The columns of the HR spreadsheet and the headings they come under: the model's fields, and three of other tables."""

from functools import partial

from members.memberships.enums import MembershipStart
from members.people.models import Person
from members.people.resources import EMPLOYMENT, GENDER, IDENTITY_KIND, MARITAL, NAME, POLITICAL, POST, STAFF_NUMBER
from union_portal.base.identity import check_bank_card, check_identity, check_phone
from union_portal.base.importing.lists import column_of
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Boolean, Choice, Code, LongNumber, Text, some_of

_CONTACT, _IDENTITY = Classification.CONTACT, Classification.IDENTITY


_of = partial(column_of, Person)

PEOPLE = (
    STAFF_NUMBER,
    NAME,
    _of("gender", words=GENDER, example="女"),
    _of("birth_date", "出生年月 出生年月日 生日 出生时间", example="1988-06-01"),
    _of("identity_kind", "证件种类 身份证件类型 证件名称", words=IDENTITY_KIND, example="居民身份证"),
    _of(
        "identity_number",
        "身份证号 身份证号码 证件号 公民身份号码 身份证 身份证件号 居民身份证号 身份证件号码",
        parser=LongNumber(check=check_identity),
        classification=_IDENTITY,
    ),
    _of(
        "mobile",
        "联系电话 手机号码 手机号 移动电话 联系方式 电话 电话号码",
        parser=Code(longest=20, check=check_phone),
        classification=_CONTACT,
    ),
    _of("email", "邮箱 电子邮件 Email E-mail", parser=Code(longest=254), classification=_CONTACT),
    Column(
        key="branch",
        label="所属分工会",
        synonyms=("部门工会", "分工会", "所在分工会", "分会", "工会小组", "所属工会小组", "基层工会", "所在工会"),
        parser=Text(longest=64),
        attribute=None,
        example="物理学院分工会",
    ),
    _of("department", "部门 所在单位 所在部门 院系 学院 工作单位 二级单位 部门名称 单位名称"),
    _of(
        "employment",
        "编制类型 人员类别 用工类型 编制 人员性质 用工性质 编制类别 聘用形式",
        words=EMPLOYMENT,
        example="在编",
    ),
    _of("post_category", "岗位类型 岗位 岗位性质", words=POST, example="教师"),
    _of("professional_title", "专业技术职务 专业技术职称 职称名称 专技职务"),
    _of("ethnicity", example="汉族"),
    _of("political_status", "党派 政治身份", words=POLITICAL),
    _of("first_work_on", "参加工作日期 参加工作年月 工作时间 参工时间"),
    _of("teaching_since", "从教日期 从教年月 任教时间"),
    _of("employed_on", "进校时间 到校时间 入职时间 入职日期 来校日期 进校日期 到校日期 来校年月"),
    _of("retired_on", "退休日期 退休年月"),
    _of("retires_on", "预计退休日期 法定退休时间 法定退休日期 拟退休时间 应退休时间"),
    Column(
        key="member",
        label="是否会员",
        synonyms=("会员", "是否工会会员", "工会会员", "是否入会"),
        parser=Boolean(),
        attribute=None,
    ),
    Column(
        key="joined_on",
        label="入会时间",
        synonyms=("入会日期", "加入工会时间", "入会年月", "加入工会日期"),
        parser=Date(),
        attribute=None,
    ),
    Column(
        key="began_by",
        label="会籍起始方式",
        synonyms=("入会方式",),
        parser=Choice(some_of(MembershipStart.JOINED, MembershipStart.RECORDED)),
        attribute=None,
        help="建册登记：早已是会员，不计入新会员；留空而写了入会时间的按入会",
    ),
    _of(
        "bank_card",
        "工资卡号 银行账号 银行卡 卡号 工资卡 银行帐号 收款账号",
        parser=LongNumber(check=check_bank_card),
        classification=_IDENTITY,
    ),
    _of("bank_name", "开户银行 银行名称 开户行名称", classification=_IDENTITY),
    _of("marital_state", "婚否 婚姻 婚姻状态", words=MARITAL),
    _of("note", "说明"),
)
