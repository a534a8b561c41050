"""Why a petition was handed over is kept with it, encrypted."""

from django.db import migrations

import union_portal.base.fields


class Migration(migrations.Migration):
    dependencies = [("congress", "0007_transactions_of_moves")]

    operations = [
        migrations.AddField(
            model_name="petition",
            name="handed_over",
            field=union_portal.base.fields.EncryptedTextField(
                blank=True, default="", editable=False, verbose_name="移交经过"
            ),
        ),
    ]
