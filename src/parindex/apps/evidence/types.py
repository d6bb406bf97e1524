"""The types of files that can be evidence: media type, and the endings a name of that type may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file.

    Attributes:
        name: its short name, as settings and messages write it.
        media_type: what it is sent as.
        endings: of file names, with the dot.
        converts: LibreOffice can show it as PDF.
    """

    name: str
    media_type: str
    endings: tuple[str, ...]
    converts: bool = False


TYPES: Mapping[str, FileType] = {
    t.name: t
    for t in (
        FileType("pdf", "application/pdf", (".pdf",)),
        FileType("docx", _OFFICE + "wordprocessingml.document", (".docx",), converts=True),
        FileType("xlsx", _OFFICE + "spreadsheetml.sheet", (".xlsx",), converts=True),
        FileType("pptx", _OFFICE + "presentationml.presentation", (".pptx",), converts=True),
        FileType("doc", "application/msword", (".doc", ".dot"), converts=True),
        FileType("xls", "application/vnd.ms-excel", (".xls", ".xlt"), converts=True),
        FileType("ppt", "application/vnd.ms-powerpoint", (".ppt", ".pps"), converts=True),
        FileType("odt", _OPEN + "text", (".odt",), converts=True),
        FileType("ods", _OPEN + "spreadsheet", (".ods",), converts=True),
        FileType("odp", _OPEN + "presentation", (".odp",), converts=True),
        FileType("jpg", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif")),
        FileType("png", "image/png", (".png",)),
        FileType("tif", "image/tiff", (".tif", ".tiff")),
        FileType("txt", "text/plain", (".txt", ".csv", ".log", "")),
        FileType("zip", "application/zip", (".zip",)),
        FileType("mp4", "video/mp4", (".mp4", ".m4v")),
        FileType("mp3", "audio/mpeg", (".mp3",)),
    )
}
ENDINGS: Mapping[str, str] = {ending: t.name for t in TYPES.values() for ending in t.endings if ending}
BY_MEDIA_TYPE: Mapping[str, FileType] = {t.media_type: t for t in TYPES.values()}
# what a double click runs, whatever is inside
DANGEROUS_ENDINGS = frozenset({
    ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse",
    ".mjs", ".wsf", ".wsh", ".hta", ".msi", ".msp", ".dll", ".cpl", ".jar", ".lnk", ".reg", ".url",
    ".scf", ".chm", ".iso", ".img", ".vhd", ".apk", ".app", ".dmg", ".pkg", ".deb", ".rpm", ".sh",
    ".bash", ".py", ".rb", ".pl", ".php", ".asp", ".aspx", ".jsp", ".html", ".htm", ".xhtml", ".shtml",
    ".mht", ".mhtml", ".svg", ".svgz", ".xml", ".xsl", ".swf", ".docm", ".dotm", ".xlsm", ".xltm",
    ".xlam", ".pptm", ".ppsm", ".one",
})  # fmt: skip
