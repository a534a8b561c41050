"""`manage.py verify_ledger`: exit 0 when every seal holds, 2 and the first bad posting when one does not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from welfare.models import Book, LedgerEntry, Posting
from welfare.services import ledger

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
        faults = ledger.verify(printed=[_printed(text) for text in options["head"]])
        self.stdout.write(
            _("%(postings)d postings with %(entries)d entries checked.")
            % {"postings": Posting.objects.count(), "entries": LedgerEntry.objects.count()}
        )
        for head in ledger.heads():
            self.stdout.write(str(head))
        if faults:
            listed = [str(fault) for fault in faults[:SHOWN]]
            if len(faults) > SHOWN:
                listed.append(_("… and %(more)d more.") % {"more": len(faults) - SHOWN})
            raise CommandError(
                "\n".join([_("The ledger does not hold. The first bad posting: %s") % listed[0], *listed[1:]]),
                returncode=2,
            )
        self.stdout.write(_("Every seal holds."))


def _printed(text: str) -> ledger.Head:
    """Read a head as `heads()` prints it, with “=” or a space before the hash."""
    label, _separator, digest = text.replace("=", " ").strip().partition(" ")
    try:
        code, year, number = label.rsplit("-", 2)
        return ledger.Head(Book.objects.get(code=code).pk, code, int(year), int(number), digest.strip())
    except (ValueError, Book.DoesNotExist) as error:
        raise CommandError(
            _("“%s” is not a printed head: write BOOK-YEAR-NUMBER=HASH.") % text, returncode=2
        ) from error
