"""The columns of the HR spreadsheet and the headings they come under."""

import datetime as dt

from members.people.enums import Employment, Gender, MaritalState, PoliticalStatus, PostCategory
from members.people.resources import EMPLOYMENT, GENDER, MARITAL, NAME, POLITICAL, POST, STAFF_NUMBER
from union_portal.base.identity import check_bank_card, check_identity, check_mobile
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Boolean, Choice, Code, LongNumber, Text

_DATE = Date(latest=dt.date(2100, 12, 31))

PEOPLE = (
    STAFF_NUMBER,
    NAME,
    Column(key="gender", label="性别", parser=Choice(Gender, synonyms=GENDER), example="女"),
    Column(
        key="birth_date",
        label="出生日期",
        synonyms=("出生年月", "出生年月日", "生日", "出生时间"),
        parser=_DATE,
        example="1988-06-01",
    ),
    Column(
        key="identity_number",
        label="身份证号",
        synonyms=("身份证号码", "证件号码", "证件号", "公民身份号码", "身份证", "身份证件号", "居民身份证号"),
        parser=LongNumber(check=check_identity),
        classification=Classification.IDENTITY,
    ),
    Column(
        key="mobile",
        label="手机",
        synonyms=("联系电话", "手机号码", "手机号", "移动电话", "联系方式", "电话", "电话号码"),
        parser=Code(longest=20, check=check_mobile),
        classification=Classification.CONTACT,
    ),
    Column(
        key="email",
        label="邮箱",
        synonyms=("电子邮箱", "电子邮件", "Email", "E-mail"),
        parser=Code(longest=254),
        classification=Classification.CONTACT,
    ),
    Column(
        key="branch",
        label="所属分工会",
        synonyms=("部门工会", "分工会", "所在分工会", "分会", "工会小组", "所属工会小组", "基层工会", "所在工会"),
        parser=Text(longest=64),
        attribute=None,
        example="物理学院分工会",
    ),
    Column(
        key="department",
        label="单位",
        synonyms=("部门", "所在单位", "所在部门", "院系", "学院", "工作单位", "二级单位", "部门名称", "单位名称"),
        parser=Text(longest=100),
    ),
    Column(
        key="employment",
        label="用工形式",
        synonyms=("编制类型", "人员类别", "用工类型", "编制", "人员性质", "用工性质", "编制类别", "聘用形式"),
        parser=Choice(Employment, synonyms=EMPLOYMENT),
        example="在编",
    ),
    Column(
        key="post_category",
        label="岗位类别",
        synonyms=("岗位类型", "岗位", "岗位性质"),
        parser=Choice(PostCategory, synonyms=POST),
        example="教师",
    ),
    Column(
        key="professional_title",
        label="职称",
        synonyms=("专业技术职务", "专业技术职称", "职称名称", "专技职务"),
        parser=Text(longest=64),
    ),
    Column(key="ethnicity", label="民族", parser=Text(longest=32), example="汉族"),
    Column(
        key="political_status",
        label="政治面貌",
        synonyms=("党派", "政治身份"),
        parser=Choice(PoliticalStatus, synonyms=POLITICAL),
    ),
    Column(
        key="first_work_on",
        label="参加工作时间",
        synonyms=("参加工作日期", "参加工作年月", "工作时间", "参工时间"),
        parser=_DATE,
    ),
    Column(key="teaching_since", label="从教时间", synonyms=("从教日期", "从教年月", "任教时间"), parser=_DATE),
    Column(
        key="employed_on",
        label="来校时间",
        synonyms=("进校时间", "到校时间", "入职时间", "入职日期", "来校日期", "进校日期", "到校日期", "来校年月"),
        parser=_DATE,
    ),
    Column(key="retired_on", label="退休时间", synonyms=("退休日期", "退休年月"), parser=_DATE),
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
        parser=_DATE,
        attribute=None,
    ),
    Column(
        key="bank_card",
        label="银行卡号",
        synonyms=("工资卡号", "银行账号", "银行卡", "卡号", "工资卡", "银行帐号", "收款账号"),
        parser=LongNumber(check=check_bank_card),
        classification=Classification.IDENTITY,
    ),
    Column(
        key="bank_name",
        label="开户行",
        synonyms=("开户银行", "银行名称", "开户行名称"),
        parser=Text(longest=64),
        classification=Classification.IDENTITY,
    ),
    Column(
        key="marital_state",
        label="婚姻状况",
        synonyms=("婚否", "婚姻", "婚姻状态"),
        parser=Choice(MaritalState, synonyms=MARITAL),
    ),
    Column(key="note", label="备注", synonyms=("说明",), parser=Text()),
)
