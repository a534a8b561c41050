"""Steps on accounts have a kind of line of their own in the access log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_tables")]

    operations = [
        migrations.AlterField(
            model_name="accessentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("sign_in", "登录"),
                    ("refused", "登录被拒"),
                    ("sign_out", "退出"),
                    ("code", "发放登录码"),
                    ("account", "办理账号"),
                    ("reveal", "查看完整信息"),
                    ("export", "导出"),
                    ("import", "导入"),
                    ("print", "打印"),
                    ("download", "下载"),
                ],
                max_length=16,
                verbose_name="操作",
            ),
        ),
    ]
