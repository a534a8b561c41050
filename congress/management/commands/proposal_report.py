"""Write the report on the proposals of sessions (提案工作报告) as PDF and Word."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from congress.proposal_reports.models import ProposalReport
from congress.proposal_reports.querysets import accountable
from congress.proposal_reports.renderers import render_proposal_docx, render_proposal_report
from congress.proposal_reports.report.account import account, refuse_unexplained, report_data
from congress.proposal_reports.services import title_of
from congress.sessions.models import Session
from congress.sessions.resources.naming import session_parser
from members.branches.services.tree import signatory
from union_portal.base.errors import DomainError
from union_portal.base.spreadsheets.errors import CellError


class Command(BaseCommand):
    """Exit 0 done, 2 the input was refused, 1 a fault."""

    help = "Write the report on the proposals of one or several sessions, with the words an officer has written for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--session",
            action="append",
            required=True,
            metavar="SESSION",
            help="title, or as people call it (三届四次教代会); may be given several times",
        )
        parser.add_argument("--pdf", type=Path, metavar="FILE")
        parser.add_argument("--docx", type=Path, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not (options["pdf"] or options["docx"]):
            raise CommandError("请用 --pdf 或 --docx 指定要写出的文件。", returncode=2)
        try:
            data = self._data(options["session"])
            refuse_unexplained(data)
            now = timezone.localtime()
            if options["pdf"]:
                result = render_proposal_report(data, created=now)
                options["pdf"].write_bytes(result.pdf)
                self.stdout.write(f"{options['pdf']}（{result.pages}页）")
            if options["docx"]:
                options["docx"].write_bytes(render_proposal_docx(data, created=now))
                self.stdout.write(str(options["docx"]))
        except (DomainError, CellError) as refused:
            raise CommandError(str(refused), returncode=2) from refused

    def _data(self, names: list[str]) -> dict[str, Any]:
        """Count the sessions named; a report that an officer has begun on just these lends its words."""
        known = list(accountable(Session.objects.select_related("drive")))
        parser = session_parser(known)
        chosen = {parser.parse(name) for name in names}
        begun = ProposalReport.objects.annotate(held=Count("sessions")).filter(held=len(chosen))
        for one in chosen:
            begun = begun.filter(
                pk__in=ProposalReport.sessions.through.objects.filter(session=one).values("proposalreport")
            )
        if report := begun.order_by("-pk").first():
            return report_data(report)
        sessions = [one for one in known if one.pk in chosen]
        return {"title": title_of(sessions), "signer": signatory()} | account(sessions)
