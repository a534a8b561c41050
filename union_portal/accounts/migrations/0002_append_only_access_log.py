from django.db import migrations

from union_portal.base.operations import protect_append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("base", "0002_database_guards")]

    operations = [protect_append_only("accounts_accessentry")]
