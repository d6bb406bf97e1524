"""The picture in README.md is the demonstration's own page, and what can be read in it is still so.

`make picture` takes it anew. The words it shows travel in the file, so that a test can compare them.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "unit.png"
PATH = "/en/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/"
SHOWN = {"width": 1040, "height": 880}
COLOURS = 256
MOST_BYTES = 200_000


@pytest.fixture
def page(demo, browser):
    """The page of the sixth agency, in a window as large as the picture."""
    opened = browser.new_page(viewport=SHOWN)
    opened.goto(f"{demo}{PATH}")
    opened.evaluate("document.fonts.ready")
    yield opened
    opened.close()


def words(page) -> str:
    """Name, index, grade, rank, and the greatest losses: what a reader takes from the picture."""
    places = ["h1", ".score .big", ".score .badge", ".score dd", ".losses .minus"]
    return "\n".join(" ".join(text.split()) for place in places for text in _seen(page, place))


def _seen(page, place):
    """The texts of a place's elements that lie within the window."""
    found = page.locator(place).all()
    return [e.inner_text() for e in found if e.bounding_box()["y"] < SHOWN["height"]]


def _take(page) -> None:
    """Write the picture with its most frequent colours only: a page of text is a third as large then."""
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    by_use = sorted(taken.getcolors(taken.width * taken.height), reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in by_use[:COLOURS] for part in colour])
    kept = PngInfo()
    kept.add_itxt("Words", words(page), "en")
    few = taken.quantize(palette=palette, dither=Image.Dither.NONE)
    PICTURE.parent.mkdir(exist_ok=True)
    few.save(PICTURE, optimize=True, pnginfo=kept)


def test_the_picture_shows_what_the_page_says(page):
    """The same unit, index, grade, rank and losses; the page says that they are illustrative."""
    if os.environ.get("PICTURE") == "anew":
        _take(page)
    with Image.open(PICTURE) as picture:
        assert picture.text["Words"] == words(page), "make picture"
        assert picture.size == tuple(SHOWN.values())
    assert len(words(page).splitlines()) > 7
    assert "Illustrative data" in page.locator(".banner").first.inner_text()


def test_the_picture_is_small():
    """It is fetched by everybody who looks at the project."""
    assert PICTURE.stat().st_size < MOST_BYTES
    with Image.open(PICTURE) as picture:
        assert picture.mode == "P"
