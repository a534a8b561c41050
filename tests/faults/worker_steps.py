"""The steps of the worker: a report and sheets made, a list compared, a letter sent."""

import hashlib
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from tests.faults.step import ALL, NOTHING, TOLD, Step
from tests.faults.web_steps import Confirm, Freeze, Post, TakeBack, Upload
from union_portal.accounts.enums import Role
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.base.mailing import mail
from union_portal.base.models.papers import PaperState
from union_portal.home.imports.models import PendingImport
from welfare.sheets.models import RoundPaper


class Render(Freeze):
    """The worker makes the PDF of the report being frozen."""

    def form(self) -> None:
        """Nothing: the worker's."""

    def left(self) -> str:
        """Frozen with the file that belongs to it, being frozen without, or waiting again and saying why."""
        report = AnnualReport.objects.get(pk=self.report)
        if report.state == ReportState.FROZEN:
            with report.pdf.open("rb") as file:
                return ALL if hashlib.sha256(file.read()).hexdigest() == report.pdf_hash else "another file"
        if report.state == ReportState.SUBMITTED:
            return TOLD if report.failure and report.snapshot is None and not report.pdf else "half waiting"
        return NOTHING if report.snapshot and not report.pdf else "half frozen"

    def lead_on(self) -> None:
        """Give it up and freeze it anew every second time, else let the next worker go on."""
        shown = self.shown()
        if "退回待确认</a>" in shown and self.turn % 2:
            shown = self.post("admin:annual_report_annualreport_give_up", self.report)
        if "确认定稿</a>" in shown:
            self.post("admin:annual_report_annualreport_freeze", self.report)
        self.work()
        assert "打开 PDF" in self.shown()


class Judge(Step):
    """The worker compares a large list with the register."""

    def begin(self, turn: int) -> None:
        """Ask for it."""
        super().begin(turn)
        self.pages().delete()
        self.post("home:import_recheck", self.prepared.large)

    def pages(self) -> Any:
        return PendingImport.objects.get(pk=self.prepared.large).pages.all()

    def left(self) -> str:
        """The pages of the preview, or none; and a reason where it came to nothing."""
        pending = PendingImport.objects.get(pk=self.prepared.large)
        if pending.failure:
            return TOLD if not pending.work and not self.pages().exists() else "half a failure"
        if not pending.work:
            return ALL if self.pages().exists() else "no pages"
        # Between the pages and the note that it is done the page still waits, and is led on as before.
        return NOTHING

    def lead_on(self) -> None:
        """Try again, where the page offers it."""
        shown = self.shown()
        if "再试一次" in shown:
            self.post("home:import_retry", self.prepared.large)
        elif "重新比对" in shown:
            self.post("home:import_recheck", self.prepared.large)
        self.work()
        assert "新增" in self.shown()

    def shown(self) -> str:
        """The upload's page."""
        return self.page("home:import_preview", self.prepared.large)


class Export(Step):
    """The worker makes the sheets that a round's people sign."""

    role = Role.WELFARE

    def begin(self, turn: int) -> None:
        """Ask for them."""
        super().begin(turn)
        self.ask()

    def ask(self) -> None:
        """Ask for those of one branch."""
        round_ = self.prepared.rounds[self.turn]
        self.post("admin:welfare_round_make_sheets", round_, branch=self.prepared.branch)
        self.paper = RoundPaper.objects.latest("pk").pk

    def left(self) -> str:
        """The file, or none; and a reason where it came to nothing."""
        paper = RoundPaper.objects.get(pk=self.paper)
        if paper.state == PaperState.DONE:
            return ALL if paper.pages and paper.file.size else "no file"
        if paper.file:
            return "a file"
        return TOLD if paper.state == PaperState.FAILED and paper.message else NOTHING

    def lead_on(self) -> None:
        """Ask again every second time, where it says that it was cut off; the one before goes on by itself."""
        if "请重试" in self.shown() and self.turn % 2:
            self.ask()
        self.work()

    def shown(self) -> str:
        """The round's page."""
        return self.page("admin:welfare_round_change", self.prepared.rounds[self.turn])


class Letter(Step):
    """The worker sends a letter."""

    def begin(self, turn: int) -> None:
        """Write it."""
        super().begin(turn)
        self.office.letters.clear()
        mail(["lin@example.org"], subject="reminder", text=f"turn {turn}")

    def left(self) -> str:
        """The letter arrived, or waits; what came and is not known to have come is sent again."""
        waits = ProcrastinateJob.objects.filter(task_name="base.deliver").exists()
        return NOTHING if waits else ALL if self.office.letters else "a lost letter"

    def lead_on(self) -> None:
        """Nobody need do anything."""
        self.work()
        assert {f"turn {self.turn}" in letter for letter in self.office.letters} == {True}


# In their order: each begins with what the one before has left.
STEPS = (Upload, Confirm, TakeBack, Post, Freeze, Render, Judge, Export, Letter)
