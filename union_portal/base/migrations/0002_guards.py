from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from union_portal.base.operations import DROP_FUNCTIONS, FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("base", "0001_tables")]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(sql=FUNCTIONS, reverse_sql=DROP_FUNCTIONS),
    ]
