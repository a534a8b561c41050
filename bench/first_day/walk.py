"""The day itself: what a school's people do one after the other, each by the buttons that the pages offer."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from bench.first_day.hands import Day, Hands, act, code_of, from_desk
from bench.first_day.reporting import freeze, write
from tests.members.register import hr_spreadsheet

UNION = "青岚学院工会"
PASSWORD = "mountain-river-2027"  # noqa: S105 -- of invented people
FIRST = 20_000_000  # the first staff number of the list
CHAIR, DEPUTY, WELFARE, FINANCE, SECRETARY = (str(FIRST + place) for place in (20, 21, 31, 32, 33))
ROLES = {
    CHAIR: ["主席"],
    DEPUTY: ["副主席", "系统管理员"],
    WELFARE: ["生活福利委员"],
    FINANCE: ["财务"],
    SECRETARY: ["提案工作秘书"],
    str(FIRST + 30): ["组织委员"],
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Change = Callable[[Any], None]


def walk(day: Day, *, number: str, code: str, people: int) -> int:
    """Do all of it; return the size of the report's PDF."""
    year = dt.date.today().year  # noqa: DTZ011 -- the calendar on the wall
    first = day.person()
    with day.part("第一次登录、二次验证"):
        enter(first, number, code)
    with day.part("单位信息"):
        first.fill(name=UNION, short_name="青岚院工会", founded_on="1958-09-01", document_prefix="青院工")
        first.click("保存并进入工作台")
        first.see("开办事项")
        first.picture("checklist")
    with day.part(f"人事名单 {people} 人，连同 10 个分工会"):
        bring_people(first, people)
    with day.part("登记分工会班子（名单 24 行）"):
        bring(first, "登记分工会班子", lambda sheet: offices(sheet, year))
    with day.part(f"{len(ROLES)} 名干部的账号、角色和登录码"):
        codes = {person: officer(first, person, roles) for person, roles in ROLES.items()}
    chair, deputy, welfare, finance, secretary = hands = [day.person() for _person in range(5)]
    with day.part(f"{len(hands)} 名干部各自第一次登录、二次验证"):
        for one, person in zip(hands, (CHAIR, DEPUTY, WELFARE, FINANCE, SECRETARY), strict=True):
            enter(one, person, codes[person])
    with day.part("教代会、工代会的届次"):
        terms(secretary, year)
    with day.part("慰问标准（模板中填金额）"):
        bring(welfare, "核对福利项目", standards)
    with day.part("上一年的汇总数（名单 6 行）"):
        bring(welfare, "补录上一年", lambda sheet: totals(sheet, year - 1))
    with day.part("期初结余，由另一人批准"):
        opening(finance, chair, year)
    with day.part("节日批次：锁定、定价、提交"):
        prepare(welfare, year + 1)
    with day.part("审批、登记发票并记账"):
        approve_and_post(chair, finance)
    with day.part("登记领取、办结批次"):
        hand_out(welfare)
    with day.part("年度报告：起草、写一段、提交定稿"):
        write(chair, year)
    with day.part("另一人确认定稿，打开 PDF"):
        return freeze(deputy)


def enter(hands: Hands, number: str, code: str) -> None:
    """Sign in with a one-time code, set the second factor up and go to the desk."""
    hands.open("/")
    hands.click("首次登录")
    hands.fill(staff_number=number, code=code, password=PASSWORD, again=PASSWORD)
    hands.click("设置密码并登录")
    hands.page.wait_for_url(lambda address: "/accounts/first/" not in address)
    if "/2fa/" not in hands.page.url:
        hands.click("工作台")
    hands.page.get_by_role("heading", name="设置二次验证").wait_for()
    hands.fill(code=code_of(hands.page.locator("code").first.inner_text()))
    hands.click("开启二次验证")
    hands.click("已妥善保存，进入工作台")


def step_of(hands: Hands, words: str) -> Any:
    """Return a line of the checklist."""
    return hands.page.locator(".up-begin__step").filter(has_text=words)


def bring_people(hands: Hands, people: int) -> None:
    """Upload the personnel office's list as it is; its branches are founded with it."""
    hands.click(step_of(hands, "导入会员名册").get_by_role("link", name="导入名单"))
    data = hr_spreadsheet.workbook(hr_spreadsheet.rows(people)).read()
    hands.send({"name": "人事信息.xlsx", "mimeType": XLSX, "buffer": data})
    hands.click("上传并预览")
    wait_until_judged(hands)
    hands.click("新建没有登记过的 10 个分工会")
    wait_until_judged(hands)
    hands.fill(founded_on="1958-09-01")
    hands.click("按此回答比对")
    keep(hands)


def wait_until_judged(hands: Hands) -> None:
    """Wait while the worker reads a long list; the page looks again by itself."""
    hands.page.locator(".up-figures").first.wait_for()


def keep(hands: Hands) -> None:
    """Save the whole list and go back to the checklist."""
    wait_until_judged(hands)
    hands.click("保存全部数据")
    hands.see("已保存")
    hands.click("返回待办")


def bring(hands: Hands, step: str, change: Change) -> None:
    """Take a step's template, fill it in and upload it."""
    file = hands.download(step_of(hands, step).get_by_role("link", name="下载模板"))
    book: Any = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    change(book.worksheets[0])
    filled = io.BytesIO()
    book.save(filled)
    hands.click(step_of(hands, step).get_by_role("link", name="导入名单"))
    hands.send({"name": "名单.xlsx", "mimeType": XLSX, "buffer": filled.getvalue()})
    hands.click("上传并预览")
    keep(hands)


def write_rows(sheet: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Write below the headings, in place of the sample."""
    headings = [cell.value for cell in sheet[1]]
    sheet.delete_rows(2, sheet.max_row)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])


def offices(sheet: Any, year: int) -> None:
    """Give each branch a chair and a member, and the school's union four."""
    branches = [(FIRST + place, branch, "主席") for place, branch in enumerate(hr_spreadsheet.BRANCHES)]
    branches += [(FIRST + 10 + place, branch, "委员") for place, branch in enumerate(hr_spreadsheet.BRANCHES)]
    school = [(int(CHAIR) + place, UNION, title) for place, title in enumerate(("主席", "副主席", "委员", "委员"))]
    term = {"起始日期": f"{year - 2}-05-20", "届次": "第一届"}
    term |= {"本届开始": f"{year - 2}-05-20", "本届届满": f"{year + 3}-05-19"}
    write_rows(
        sheet, [{"工号": str(who), "分工会": where, "职务": what, **term} for who, where, what in branches + school]
    )


def standards(sheet: Any) -> None:
    """Fill amounts into the standards that the template lists."""
    headings = [cell.value for cell in sheet[1]]
    amounts = {"元旦慰问品": (300, 1500), "春节慰问品": (500, 1500), "住院慰问": (500, 1000), "生日蛋糕券": (300, 300)}
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in amounts:
            standard, cap = amounts[row[0].value]
            row[headings.index("标准（元）")].value, row[headings.index("上限（元或%）")].value = standard, cap


def totals(sheet: Any, year: int) -> None:
    """Write what last year's report says."""
    whole = {"期间起": f"{year}-01-01", "期间止": f"{year}-12-31", "来源": f"{year}年工会工作报告"}
    end = whole | {"期间起": f"{year}-12-31"}
    told: list[dict[str, Any]] = [
        {"数据项种类": "会员", "人数": 296, **end},
        {"数据项种类": "新会员（入会及转入）", "人数": 12, **whole},
        {"数据项种类": "节日慰问", "人数": 296, "人次": 1480, "金额（元）": "近44万", **whole},
        {"数据项种类": "春节", "人数": 296, "人次": 296, "金额（元）": 148000, **whole},
        {"数据项种类": "困难帮扶", "人数": 9, "人次": 9, "金额（元）": 27000, **whole},
        {"数据项种类": "住院", "人数": 17, "人次": 17, "金额（元）": 17000, **whole},
    ]
    write_rows(sheet, told)


def officer(hands: Hands, number: str, roles: Sequence[str]) -> str:
    """Make somebody an officer in one page and return the code that it shows once."""
    if hands.page.locator(".up-code").count():
        hands.click("再登记一位")
    else:
        hands.click(step_of(hands, "为工会干部开通").get_by_role("link", name="现在办理"))
    hands.find("person", number)
    for role in roles:
        hands.tick(role)
    hands.tick("显示一次，打印交给本人")
    hands.click("下一步")
    hands.click("确认授予")
    return hands.page.locator(".up-code").inner_text()


def terms(secretary: Hands, year: int) -> None:
    """The congress office registers the running term of either congress."""
    secretary.open("/admin/")
    secretary.click(step_of(secretary, "届次").get_by_role("link", name="逐个登记"))
    for body, button in (("教代会", "_addanother"), ("工代会", "_save")):
        secretary.page.locator("[name=body]").select_option(label=body)
        secretary.day._count("fields")  # noqa: SLF001
        secretary.fill(number="1", began_on=f"{year - 2}-05-20", ends_on=f"{year + 3}-05-19")
        secretary.page.keyboard.press("Escape")
        secretary.click(secretary.page.locator(f"[name={button}]").first)
    secretary.open("/admin/")
    step_of(secretary, "届次").filter(has_text="已有 2 届").wait_for()
    secretary.picture("terms")


def opening(finance: Hands, chair: Hands, year: int) -> None:
    """Finance tells what the fund held, the chair approves it."""
    finance.open("/admin/")
    finance.click(step_of(finance, "期初结余").get_by_role("link", name="现在办理"))
    finance.page.locator("[name=fund]").select_option(label="工会经费")
    finance.fill(amount="800000", document=f"{year - 1}年工会决算")
    finance.day._count("fields")  # noqa: SLF001
    finance.click(finance.page.locator("form.up-action button.up-button--primary"))
    from_desk(chair, "待审批的记账申请")
    chair.click(chair.page.locator("#content a, main a").filter(has_text="期初结余", visible=True).first)
    act(chair, "批准并记账")


def prepare(welfare: Hands, year: int) -> None:
    """Take the round of the coming New Year to its submission."""
    welfare.open("/admin/")
    welfare.click(step_of(welfare, "第一个发放批次").get_by_role("link", name="现在办理"))
    for name, words in (("benefit", "元旦慰问品"), ("occasion", f"{year}年元旦"), ("fund", "工会经费")):
        welfare.find(name, words)
    welfare.page.keyboard.press("Escape")
    welfare.click(welfare.page.locator("[name=_save]").first)
    welfare.page.locator(".up-stepper").wait_for()
    act(welfare, "锁定名册")
    day = f"{dt.date.today():%Y-%m-%d}"  # noqa: DTZ011 -- the calendar on the wall
    act(welfare, "确定单价", unit_price="300", handed_out_on=day, goods="米面油")
    act(welfare, "提交审批")
    welfare.picture("round")


def approve_and_post(chair: Hands, finance: Hands) -> None:
    """The chair approves what the desk shows; finance enters the invoice, which is posted with it."""
    from_desk(chair, "审批：")
    act(chair, "审批通过")
    from_desk(finance, "记账：")
    amount = finance.page.locator("tr", has_text="应发").first.locator("td").nth(1).inner_text().replace(",", "")
    count = finance.page.locator("tr", has_text="应发").first.locator("td").nth(0).inner_text().replace(",", "")
    day = f"{dt.date.today():%Y-%m-%d}"  # noqa: DTZ011 -- the calendar on the wall
    told = {"supplier": "供销超市", "invoice_number": "1", "quantity": count, "amount": amount, "invoiced_on": day}
    act(finance, "登记发票", **told)
    finance.see("00001")
    finance.picture("posted")


def hand_out(welfare: Hands) -> None:
    """Everybody collects, which is marked at once; what was bought and handed out balances, and the round is closed."""
    from_desk(welfare, "发放并办结：")
    welfare.click(welfare.page.locator(".up-buttons").get_by_role("link", name="登记领取"))
    act(welfare, "整个分工会或全部一次登记")
    act(welfare, "办结批次")
    welfare.see("已办结")
    welfare.picture("closed")
