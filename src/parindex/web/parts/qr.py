"""A QR code as a picture that a page draws itself."""

from __future__ import annotations

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


def picture(text: str) -> dict[str, object]:
    """A QR code as one path of an SVG, with its size in modules."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"size": len(rows), "path": path}


def drawing(text: str) -> str:
    """The same as an SVG file of its own."""
    code = picture(text)
    size = code["size"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{code["path"]}" fill="#000"/></svg>'
    )
