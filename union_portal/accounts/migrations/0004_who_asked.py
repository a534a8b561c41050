"""Who gave a role is who asked for it, as for all that takes two."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_roles_by_two")]

    operations = [
        migrations.RemoveConstraint(model_name="roleassignment", name="accounts_role_by_two"),
        migrations.RemoveConstraint(model_name="roleassignment", name="accounts_role_once"),
        migrations.RenameField(model_name="roleassignment", old_name="given_by", new_name="asked_by"),
    ]
