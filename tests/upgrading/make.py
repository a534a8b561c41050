"""Makes a dump of a filled database of the state the tables are in now: `python -m tests.upgrading.make NAME`.

Made once for a state that schools use, and kept: `test_upgrading` brings every one of them up to the newest tables.
"""

import lzma
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
_DUMP = ["--no-owner", "--no-privileges", "--no-comments", "--exclude-table-data=procrastinate_workers"]


def main(name: str) -> None:
    """Make the database in a cluster of its own, fill it, dump it, and remove it again."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as home:
        os.environ |= {"PORTAL_DATA_DIR": home, "DJANGO_SETTINGS_MODULE": "tests.upgrading.settings"}
        import django  # noqa: PLC0415 - the settings read what was just said

        from union_portal.cluster import binaries, default_urls, ensure_running, launcher  # noqa: PLC0415

        ensure_running(Path(home), throwaway=True)
        try:
            django.setup()
            _fill()
            command = [str(binaries.programs() / "pg_dump"), *_DUMP, default_urls(Path(home))[1]]
            dump = subprocess.run(command, check=True, capture_output=True).stdout
        finally:
            launcher.remove(Path(home))
    (FOLDER / f"{name}.sql.xz").write_bytes(lzma.compress(dump, preset=9 | lzma.PRESET_EXTREME))


def _fill() -> None:
    """Put rows of every kind into the tables, as the tests of the desk do, and some money into the ledger."""
    from django.contrib import admin  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from tests.factories import ledger, members, rounds  # noqa: PLC0415
    from tests.factories.rows import rows  # noqa: PLC0415
    from union_portal.accounts.enums import Role  # noqa: PLC0415
    from welfare.rounds.services import handing_out  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("make_keys", verbosity=0)
    everybody = members.account_with_role(*Role)
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
        rows(model, 3, by=everybody)
    handing_out.collect(subject=rounds.approved(), on=rounds.HANDED_OUT, actor=None)
    fund = ledger.open_book()
    for key in "abc":
        ledger.posting(fund, "100.00", "23.40", source_key=f"{fund.pk}{key}")


if __name__ == "__main__":
    main(*sys.argv[1:])
