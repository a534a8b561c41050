"""The day's report: written by the chair, frozen by a deputy, taken as PDF."""

from bench.first_day.hands import Hands, act, from_desk


def write(chair: Hands, year: int) -> None:
    """Begin the year's report, write a paragraph with a live figure, and send it to whoever confirms it."""
    chair.open("/admin/")
    chair.click(chair.page.locator("nav a, aside a").filter(has_text="报告").first)
    chair.click(chair.page.locator('a[href$="/annualreport/add/"]').filter(visible=True).first)
    chair.page.locator("[name=outline]").select_option(label="部门工作总结")
    chair.fill(period_start=f"{year}-01-01", period_end=f"{year}-12-31")
    chair.page.keyboard.press("Escape")
    chair.click(chair.page.locator("[name=_save]").first)
    chair.page.locator("textarea[name^=text-]").first.fill(
        "全年共有会员{members.total:heads}人，平台启用当日发放元旦慰问品。"
    )
    chair.click(chair.page.get_by_role("button", name="保存文字", exact=True).first)
    chair.see("已保存")
    act(chair, "提交定稿")
    chair.picture("report")


def freeze(deputy: Hands) -> int:
    """Confirm the report and take its PDF."""
    from_desk(deputy, "确认定稿")
    act(deputy, "确认定稿")
    link = deputy.page.get_by_role("link", name="打开 PDF")
    link.wait_for(timeout=300_000)
    deputy.picture("frozen")
    read = "async address => [...new Uint8Array(await (await fetch(address)).arrayBuffer())]"
    data = bytes(deputy.page.evaluate(read, link.get_attribute("href")))
    if not data.startswith(b"%PDF"):
        raise ValueError(f"the report is no PDF: {data[:60]!r}")
    if deputy.day.pictures is not None:
        (deputy.day.pictures / "report.pdf").write_bytes(data)
    return len(data)
