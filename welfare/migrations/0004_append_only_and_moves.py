"""What is written once, and the states that move only as their tables allow."""

from django.db import migrations

from union_portal.base.operations import guard_moves, protect_append_only

WRITTEN_ONCE = ["posting", "ledgerentry", "vouchernote", "knownhead", "roundmove", "grantmove", "fiscalyearmove"]
MACHINES = ["round", "grant", "fiscalyear"]


class Migration(migrations.Migration):
    dependencies = [("welfare", "0003_seal_the_ledger")]

    operations = [
        *(protect_append_only(f"welfare_{name}") for name in WRITTEN_ONCE),
        *(guard_moves(f"welfare_{name}", f"welfare.{name}") for name in MACHINES),
    ]
