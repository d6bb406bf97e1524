"""The process that opens a picture: PATH as argument, JSON on the way out; each size as WebP in base64.

It looks at the size that the file claims before it decodes a pixel, and writes pixels only: no Exif, no
place, no profile, no thumbnail, no animation.
"""

from __future__ import annotations

import base64
import io
import sys
import warnings
from pathlib import Path
from typing import Any

from parindex.apps.evidence.apart import answer, limit_this_process


WIDTHS = (480, 960, 1600)
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 12_000
LEAST_SIDE = 100
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")


def made(path: Path) -> dict[str, object]:
    """What the other process tells: the sizes, or the code and data of why not."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the bounds below are ours, and looked at first
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(path, formats=FORMATS)
            width, height = picture.size
            if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
                return {"code": "picture_dimensions", "data": {"width": width, "height": height}}
            if min(width, height) < LEAST_SIDE:
                return {"code": "picture_small", "data": {"limit": LEAST_SIDE}}
            return {"sizes": _sizes(picture)}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError):
        return {"code": "picture_broken", "data": {}}


def encoded_sizes(content: bytes) -> list[dict[str, Any]]:
    """The sizes of a picture of our own, in this process."""
    from PIL import Image

    return _sizes(Image.open(io.BytesIO(content)))


def jpeg_of(content: bytes) -> bytes:
    """A picture of our own as JPEG, in this process."""
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(content)).convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _sizes(picture: Any) -> list[dict[str, Any]]:
    bare = _bare(picture)
    return [_encoded(_fitted(bare, w)) for w in _widths(bare.width)]


def _bare(picture: Any) -> Any:
    """The picture upright, as pixels and nothing else."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    clear = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if clear else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _widths(width: int) -> list[int]:
    """The sizes that are smaller than the picture, and its own where it is not larger than the largest."""
    smaller = [w for w in WIDTHS if w < width]
    return [*smaller, width] if width <= WIDTHS[-1] else smaller


def _fitted(bare: Any, width: int) -> Any:
    from PIL import Image

    if width == bare.width:
        return bare
    return bare.resize((width, max(1, round(bare.height * width / bare.width))), Image.Resampling.LANCZOS)


def _encoded(picture: Any) -> dict[str, Any]:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    webp = base64.b64encode(out.getvalue()).decode()
    return {"width": picture.width, "height": picture.height, "webp": webp}


if __name__ == "__main__":
    limit_this_process()
    answer(made(Path(sys.argv[1])))
