"""`manage.py verify_ledger`: exit 0 when every seal holds, 2 and the first bad posting when one does not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from welfare.books.models import Book
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import heads, verification

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Check every posting of the ledger: hashes, chain, numbers, sums and known heads. Exits 2 and names the first"
        " bad posting when something was tampered with."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="BOOK-YEAR-NUMBER=HASH",
            help="a head read from a printed report or a backup's label; may be given several times",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, print the count and the heads, or fail with the faults."""
        faults = verification.verify(printed=[_printed(text) for text in options["head"]])
        self.stdout.write(f"已核验 {Posting.objects.count()} 张台账单、{LedgerEntry.objects.count()} 条明细。")
        for head in heads.heads():
            self.stdout.write(str(head))
        if faults:
            listed = [str(fault) for fault in faults[:SHOWN]]
            if len(faults) > SHOWN:
                listed.append(f"……另有 {len(faults) - SHOWN} 处。")
            raise CommandError(
                "\n".join([f"台账核验未通过。第一张有问题的台账单：{listed[0]}", *listed[1:]]),
                returncode=2,
            )
        self.stdout.write("全部核验通过。")


def _printed(text: str) -> heads.Head:
    """Read a head as `heads()` prints it, with “=” or a space before the hash."""
    label, _separator, digest = text.replace("=", " ").strip().partition(" ")
    try:
        code, year, number = label.rsplit("-", 2)
        return heads.Head(Book.objects.get(code=code).pk, code, int(year), int(number), digest.strip())
    except (ValueError, Book.DoesNotExist) as error:
        raise CommandError(f"“{text}”不是印出的台账末笔：请写成“账套-年度-编号=校验值”。", returncode=2) from error
