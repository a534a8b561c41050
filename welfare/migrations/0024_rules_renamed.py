"""Names alone: what a table is called is settled before the next migration alters it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('welfare', '0023_workdays'),
    ]

    operations = [
        migrations.RenameField(model_name='benefitrule', old_name='claim_days', new_name='claim_length'),
        migrations.RenameField(model_name='benefitrule', old_name='times_per_year', new_name='times'),
        migrations.RenameField(model_name='benefitruleevent', old_name='claim_days', new_name='claim_length'),
        migrations.RenameField(model_name='benefitruleevent', old_name='times_per_year', new_name='times'),
    ]
