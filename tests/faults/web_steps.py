"""The steps of web processes: a list uploaded, confirmed and taken back, a round posted, a report frozen."""

from typing import Any

from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from members.people.models import Person
from tests.faults.prepared import DAY, LISTED, MEMBERS
from tests.faults.step import Step, counted
from union_portal.accounts.enums import Role
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.home.imports.models import ImportRecord, PendingImport
from welfare.grants.enums import SUBJECT, GrantState
from welfare.grants.models import Grant
from welfare.ledger.models import LedgerEntry, Posting


class Upload(Step):
    """A list is uploaded and previewed."""

    def form(self) -> dict[str, Any]:
        """The list."""
        return {
            "address": reverse("home:import_upload"), "data": {"kind": "people"}, "file": str(self.prepared.sheet)
        }  # fmt: skip

    def left(self) -> str:
        """One upload with the pages of its preview, or none."""
        waiting = PendingImport.objects.filter(large=False, confirmed_at=None)
        pages = sum(upload.pages.count() for upload in waiting)
        return counted((waiting.count(), min(pages, 1)), (1, 1))

    def lead_on(self) -> None:
        """Upload it again, unless it waits."""
        waiting = PendingImport.objects.filter(large=False, confirmed_at=None).first()
        if waiting is None or str(waiting.pk) not in self.page("home:import_upload"):
            with self.prepared.sheet.open("rb") as file:
                assert "新增" in self.post("home:import_upload", kind="people", file=file)


class Confirm(Step):
    """The list is confirmed."""

    def begin(self, turn: int) -> None:
        """Take the list that waits."""
        super().begin(turn)
        self.pending = PendingImport.objects.get(large=False, confirmed_at=None).pk

    def form(self) -> dict[str, Any]:
        """The one button."""
        return {"address": reverse("home:import_confirm", args=[self.pending]), "data": {}, "file": ""}

    def left(self) -> str:
        """The people with the import's record, or neither."""
        confirmed = PendingImport.objects.exclude(confirmed_at=None).filter(pk=self.pending)
        records = ImportRecord.objects.filter(state="saved")
        people = Person.objects.filter(staff_number__startswith="2000")
        return counted((confirmed.count(), records.count(), people.count()), (1, 1, LISTED))

    def lead_on(self) -> None:
        """Press again."""
        self.post("home:import_confirm", self.pending)
        assert "已保存" in self.page("home:import_preview", self.pending)


class TakeBack(Step):
    """The import is taken back."""

    def begin(self, turn: int) -> None:
        """Take the import."""
        super().begin(turn)
        self.record = ImportRecord.objects.get(state="saved").pk

    def form(self) -> dict[str, Any]:
        """Why."""
        address = reverse("admin:home_importrecord_step_take_back", args=[self.record])
        return {"address": address, "data": {"why": "拿错了"}, "file": ""}

    def left(self) -> str:
        """No people any more, or every one."""
        people = Person.objects.filter(staff_number__startswith="2000").count()
        moved = ImportRecord.objects.get(pk=self.record).moves.filter(action="take_back").count()
        return counted((LISTED - people, moved), (LISTED, 1))

    def lead_on(self) -> None:
        """Take it back again."""
        if "撤回导入" in self.page("admin:home_importrecord_change", self.record):
            self.post("admin:home_importrecord_step_take_back", self.record, why="拿错了")


class Post(Step):
    """A round of hundreds is posted."""

    role = Role.FINANCE

    def begin(self, turn: int) -> None:
        """Take the turn's round."""
        super().begin(turn)
        self.round = self.prepared.rounds[turn]

    def form(self) -> dict[str, Any]:
        """The day."""
        address = reverse("admin:welfare_round_step_post", args=[self.round])
        return {"address": address, "data": {"on": DAY.isoformat()}, "file": ""}

    def left(self) -> str:
        """The posting with all its entries, marks and numbers, or nothing of it."""
        grants = Grant.objects.filter(round=self.round)
        numbers = list(Posting.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        return counted(
            (
                Posting.objects.filter(source_key=f"round:{self.round}").count(),
                LedgerEntry.objects.paying(SUBJECT, grants.values("pk")).count(),
                grants.filter(state=GrantState.RECEIVED, received_on=DAY).count(),
                len(numbers) - 1 - self.turn,
            ),
            (1, MEMBERS, MEMBERS, 1),
        )

    def lead_on(self) -> None:
        """Post it again: once posted it stays so."""
        self.post("admin:welfare_round_step_post", self.round, on=DAY.isoformat())


class Freeze(Step):
    """A report is frozen: its snapshot is taken, and the worker asked for the PDF."""

    role = Role.CHAIR

    def begin(self, turn: int) -> None:
        """Take the turn's report."""
        super().begin(turn)
        self.report = self.prepared.reports[turn]

    def form(self) -> dict[str, Any] | None:
        """The one button."""
        address = reverse("admin:annual_report_annualreport_freeze", args=[self.report])
        return {"address": address, "data": {}, "file": ""}

    def left(self) -> str:
        """The snapshot with the job, or neither."""
        report = AnnualReport.objects.get(pk=self.report)
        jobs = ProcrastinateJob.objects.filter(task_name="annual_report.render_frozen", status="todo")
        freezing = report.state == ReportState.FREEZING
        return counted((int(freezing), int(report.snapshot is not None), jobs.count()), (1, 1, 1))

    def lead_on(self) -> None:
        """Freeze it, where that is still offered."""
        if "确认定稿</a>" in self.shown():
            self.post("admin:annual_report_annualreport_freeze", self.report)

    def shown(self) -> str:
        """The report's own page."""
        return self.page("admin:annual_report_annualreport_change", self.report)
