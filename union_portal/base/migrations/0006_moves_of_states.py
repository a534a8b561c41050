"""A state changes only with a move in its log."""

from django.db import migrations

from union_portal.base.operations import DROP_LOGGED_FUNCTION, LOGGED_FUNCTION


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0005_daily_runs'),
    ]

    operations = [
        migrations.RunSQL(sql=LOGGED_FUNCTION, reverse_sql=DROP_LOGGED_FUNCTION),
    ]
