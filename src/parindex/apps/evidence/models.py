"""Documents of units, and contents that several of them may share."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from parindex.apps.evidence.types import BY_MEDIA_TYPE, FileType
from parindex.apps.organisations.models import Unit


def new_key() -> str:
    """A document's address, which cannot be guessed."""
    return uuid4().hex


class StoredContent(models.Model):
    """The bytes of a file, kept once however often they are uploaded. Where they lie follows from the
    hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.sha256

    @property
    def type(self) -> FileType:
        """What the content was found to be."""
        return BY_MEDIA_TYPE[self.media_type]


class Document(models.Model):
    """One document of a unit, with or without its file. What rooms above attach to criteria.

    `key` is its address and its subject in the ledger. `number` holds number and notation together, as in
    ``74/KH-SVHTTDL``. A new version is a new document that `supersedes` the old one. `public_at`: since when
    the unit lets everybody read it, where a publication shows documents at all.
    """

    class Kind(models.TextChoices):
        """How the document is known."""

        FILE = "file", "Có tệp"
        CITED = "cited", "Chỉ dẫn, không kèm tệp"
        SECRET = "secret", "Tài liệu mật"

    class TextFrom(models.TextChoices):
        """Where the text comes from."""

        NOWHERE = "", "Không đọc được chữ"
        FILE = "file", "Chữ trong tệp"
        OCR = "ocr", "Nhận dạng ảnh quét"
        WAITS = "wait", "Chờ nhận dạng ảnh quét"

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=6, choices=Kind)
    content = models.ForeignKey(
        StoredContent, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    file_name = models.CharField(max_length=1000, blank=True)
    title = models.CharField(max_length=1000, blank=True)
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=300, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=1000, blank=True)
    where = models.CharField(max_length=500, blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    text = models.TextField(blank=True)
    text_from = models.CharField(max_length=4, choices=TextFrom, blank=True)
    uploaded_by = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.CharField(max_length=200, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_because = models.CharField(max_length=1000, blank=True)
    public_by = models.CharField(max_length=200, blank=True)
    public_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="evidence_of_unit"),
            models.Index(fields=["number"], name="evidence_by_number"),
            models.Index(fields=["id"], condition=Q(text_from="wait"), name="evidence_waits"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "content", "file_name"],
                condition=Q(content__isnull=False),
                name="evidence_same_file_once",
                violation_error_message="Tệp này đã có trong kho tài liệu kiểm chứng của đơn vị.",
            ),
            models.CheckConstraint(
                condition=Q(kind="file", content__isnull=False, erased_at__isnull=True)
                | Q(kind="file", content__isnull=True, erased_at__isnull=False)
                | Q(kind__in=["cited", "secret"], content__isnull=True),
                name="evidence_file_has_content",
                violation_error_message=(
                    "Tài liệu có tệp phải có nội dung; tài liệu chỉ dẫn và tài liệu mật không kèm tệp."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="secret") | (Q(text="", link="", title="", file_name="") & ~Q(where="")),
                name="evidence_secret_holds_nothing",
                violation_error_message="Tài liệu mật chỉ ghi số, ngày và nơi xem; không lưu nội dung.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                name="evidence_confirmed_by_and_at",
                violation_error_message="Xác nhận phải có người và thời điểm.",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by="", erased_because="")
                | (Q(erased_at__isnull=False) & ~Q(erased_by="") & ~Q(erased_because="")),
                name="evidence_erased_by_at_and_why",
                violation_error_message="Xóa nội dung phải có người, thời điểm và lý do.",
            ),
            models.CheckConstraint(
                condition=Q(public_at__isnull=True, public_by="")
                | (
                    Q(kind__in=["file", "cited"], public_at__isnull=False, erased_at__isnull=True)
                    & Q(confirmed_at__isnull=False)
                    & ~Q(public_by="")
                ),
                name="evidence_public_is_open",
                violation_error_message=(
                    "Chỉ công khai tài liệu đã xác nhận thông tin, không mật và chưa xóa nội dung."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The document in one line: its number, else its title, else its file's name."""
        return self.number or self.title or self.file_name

    @property
    def sha256(self) -> str:
        """The hash of its content; empty where it has no file."""
        return self.content.sha256 if self.content else ""

    @property
    def has_file(self) -> bool:
        """There is something to open."""
        return self.content_id is not None

    @property
    def waits(self) -> bool:
        """Its letters are still to be recognised."""
        return self.text_from == self.TextFrom.WAITS

    @property
    def confirmed(self) -> bool:
        """A person has confirmed number, date, title and the rest; before that they are proposals."""
        return self.confirmed_at is not None

    @property
    def erased(self) -> bool:
        """Its content was taken away; what remains tells that it was there."""
        return self.erased_at is not None

    @property
    def public(self) -> bool:
        """Its unit said that everybody may read it, wherever a publication shows documents."""
        return self.public_at is not None
