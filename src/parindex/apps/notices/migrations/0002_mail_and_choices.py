"""Mail is sent by the tick, at once, once a day or not at all, as each person chooses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to", models.CharField(max_length=200, unique=True)),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("now", "gửi ngay"),
                            ("daily", "mỗi ngày một thư"),
                            ("never", "không gửi thư"),
                        ],
                        default="now",
                        max_length=10,
                    ),
                ),
            ],
            options={"ordering": ["to"]},
        ),
        migrations.AddField(
            model_name="notice",
            name="mail",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "không gửi thư"),
                    ("now", "chờ gửi ngay"),
                    ("daily", "chờ gửi trong thư hằng ngày"),
                    ("sent", "đã gửi"),
                    ("refused", "máy chủ thư từ chối địa chỉ"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="notice", name="mailed_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)), fields=["to"], name="notices_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mail__in", ["now", "daily"])),
                fields=["mail", "at"],
                name="notices_to_mail",
            ),
        ),
    ]
