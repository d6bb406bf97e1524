"""Pictures of articles: what is refused before it is opened, and what is left of what is taken."""

import io
import struct
import zlib

import pytest
from PIL import Image
from site_world import AT

from parindex.apps.evidence.photos import LARGEST_FILE
from parindex.apps.evidence.store import open_derived
from parindex.apps.news.actions import Written, begin_article, submit_article
from parindex.apps.news.models import Picture, Revision
from parindex.apps.news.picturing import FOLDER, add_picture, describe_picture, drop_picture
from parindex.core.kernel.problems import Refused


WHO = {"by": "person:71", "at": AT}
PLACE = b"10.5 north 108.1 east, camera 4711"


@pytest.fixture
def article(small):
    """A draft."""
    text = Written(title="Có ảnh", category="the-che", summary="Ảnh.", body="Ảnh.")
    return begin_article(unit=small.units["so-mot"], written=text, **WHO)


def _file(kind="JPEG", size=(1200, 800), mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, "orange" if mode != "RGBA" else (255, 0, 0, 90)).save(out, kind, **more)
    return out.getvalue()


def _add(article, content, alt="Một bức tường", caption=""):
    file = io.BytesIO(content)
    return add_picture(article=article, file=file, size=len(content), alt=alt, caption=caption, **WHO)


def _claims(width, height):
    """A PNG that says it is so large, and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _stored(article, number=1):
    sizes = Picture.objects.get(article=article, number=number).sizes
    files = []
    for *_, sha256 in sizes:
        with open_derived(sha256, FOLDER) as file:
            files.append(file.read())
    return sizes, files


def test_a_picture_is_made_anew_in_three_sizes_without_what_the_camera_wrote(article):
    """Exif with its place, comments, profiles: none is left."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    photo = _file(size=(2000, 1000), exif=exif, comment=PLACE, icc_profile=b"a profile")
    assert PLACE in photo
    _add(article, photo, caption="Chú thích")
    sizes, files = _stored(article)
    assert [(w, h) for w, h, *_ in sizes] == [(480, 240), (960, 480), (1600, 800)]
    for content in files:
        picture = Image.open(io.BytesIO(content))
        assert (picture.format, len(picture.getexif())) == ("WEBP", 0)
        assert not {"exif", "icc_profile", "xmp"} & set(picture.info)
        assert PLACE not in content
    newest = Revision.objects.filter(article=article).latest("number")
    assert newest.pictures == [{"number": 1, "alt": "Một bức tường", "caption": "Chú thích"}]


def test_a_picture_that_lies_on_its_side_stands_upright(article):
    """The camera only notes how it was held."""
    exif = Image.Exif()
    exif[0x0112] = 6
    _add(article, _file(size=(400, 200), exif=exif))
    sizes, _ = _stored(article)
    assert [(w, h) for w, h, *_ in sizes] == [(200, 400)]


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_each_kind_of_picture_is_taken(article, kind, mode):
    """Whatever its colours; what is clear stays clear."""
    _add(article, _file(kind, (300, 200), mode))
    _, files = _stored(article)
    assert Image.open(io.BytesIO(files[0])).mode == ("RGBA" if mode == "RGBA" else "RGB")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_claims(30_000, 30_000), "picture_dimensions"),
        (_claims(12_001, 200), "picture_dimensions"),
        (_claims(9_000, 6_000), "picture_dimensions"),
        (_claims(1_000, 1_000), "picture_broken"),
        (_file(size=(99, 300)), "picture_small"),
        (_file()[:700], "picture_broken"),
        (_file("GIF", (200, 200)), "picture_kind"),
        (_file("TIFF", (200, 200)), "picture_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture_kind"),
        (b"%PDF-1.7", "picture_kind"),
        (b"", "picture_kind"),
        (b"\xff\xd8\xff" + b"\0" * 100, "picture_broken"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture_broken"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST_FILE, "picture_heavy"),
    ],
    ids=lambda v: v if isinstance(v, str) else f"{len(v)}-bytes",
)
def test_what_is_no_sound_picture_within_bounds_is_refused(article, content, code):
    """A picture of 30,000 × 30,000 before it is decoded; nothing is kept of any."""
    with pytest.raises(Refused) as refusal:
        _add(article, content)
    assert refusal.value.code == code
    assert not Picture.objects.filter(article=article).exists()
    assert article.revisions.count() == 1


def test_a_picture_needs_words_and_an_article_that_is_open(article):
    """For those who cannot see it; and nothing is opened for nothing."""
    with pytest.raises(Refused) as refusal:
        _add(article, b"never looked at", alt=" ")
    assert refusal.value.code == "news_alt_missing"
    sent = submit_article(article=article, **WHO)
    with pytest.raises(Refused) as refusal:
        _add(sent, b"never looked at")
    assert refusal.value.code == "news_not_now"


def test_what_is_said_of_a_picture_and_whether_it_is_shown_are_revisions(article):
    """The earlier ones keep theirs."""
    _add(article, _file(size=(200, 200)))
    describe_picture(article=article, number=1, alt="Khác", caption="", **WHO)
    drop_picture(article=article, number=1, **WHO)
    told = [[p["alt"] for p in r.pictures] for r in article.revisions.order_by("number")]
    assert told == [[], ["Một bức tường"], ["Khác"], []]
    _add(article, _file(size=(200, 200)))
    assert Picture.objects.filter(article=article).latest("number").number == 2
