"""What somebody was told. It knows people as the ledger does, by reference (``person:17``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Notice(models.Model):
    """One thing told to one person: a code with data, said in the reader's language when it is read.

    `topic` is the same for notices of one kind, round and day, which pages show together.
    `data` holds strings only. `url` is an address of the site; where it is empty, the page that shows the
    notice knows the place from its kind and data. `mail` says whether it is still to be sent by e-mail, and
    when it was handed over (`mailed_at`).
    """

    class Mail(models.TextChoices):
        """Where the e-mail of a notice stands."""

        NONE = "", "không gửi thư"
        NOW = "now", "chờ gửi ngay"
        DAILY = "daily", "chờ gửi trong thư hằng ngày"
        SENT = "sent", "đã gửi"
        REFUSED = "refused", "máy chủ thư từ chối địa chỉ"

    to = models.CharField(max_length=200)
    kind = models.CharField(max_length=50)
    data = models.JSONField()
    url = models.CharField(max_length=500, blank=True)
    topic = models.CharField(max_length=250, default="", blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.NONE, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["to", "-id"], name="notices_of_person"),
            models.Index(
                fields=["to", "topic"], name="notices_unread", condition=models.Q(read_at__isnull=True)
            ),
            models.Index(
                fields=["mail", "at"], name="notices_to_mail", condition=models.Q(mail__in=["now", "daily"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.kind}"


class MailChoice(models.Model):
    """How a person wants notices by e-mail; who has chosen nothing gets each at once."""

    class Mail(models.TextChoices):
        """The choices."""

        NOW = "now", "gửi ngay"
        DAILY = "daily", "mỗi ngày một thư"
        NEVER = "never", "không gửi thư"

    to = models.CharField(max_length=200, unique=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.NOW)

    class Meta:
        ordering: ClassVar = ["to"]

    def __str__(self) -> str:
        return f"{self.to}: {self.mail}"
