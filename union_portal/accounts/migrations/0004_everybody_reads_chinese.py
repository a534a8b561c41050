from django.db import migrations


class Migration(migrations.Migration):
    """The portal speaks one language."""

    dependencies = [("accounts", "0003_departments_have_posts_instead_of_a_role")]
    operations = [migrations.RemoveField("user", "language")]
