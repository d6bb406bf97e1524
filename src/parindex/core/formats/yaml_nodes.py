"""YAML to a tree that keeps every line, without anything that can grow: no anchors, tags, duplicate keys."""

from __future__ import annotations

import unicodedata

import yaml

from parindex.core.formats.problems import FileProblem, FileRefused, refuse


MAX_BYTES = 4_000_000
MAX_DEPTH = 60
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def line_of(node: yaml.Node) -> int:
    """The node's first line, counted from 1."""
    return int(node.start_mark.line) + 1


def compose(content: bytes, file: str) -> yaml.Node:
    """The one document of a file.

    Raises:
        FileRefused: too large, not UTF-8, not YAML, several documents, anchors or aliases, tags, too deep.
    """
    if len(content) > MAX_BYTES:
        raise refuse(file, "file_too_large", limit=MAX_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(file, "not_utf8", line=content.count(b"\n", 0, error.start) + 1) from error
    try:
        _refuse_growth(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise refuse(file, "yaml_broken", line=_line(error, text), detail=error.problem or "") from error
    except yaml.YAMLError as error:
        sign = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, sign.start()) + 1 if sign else 0
        raise refuse(file, "yaml_broken", line=line, detail=getattr(error, "reason", "")) from error
    if node is None:
        raise refuse(file, "file_empty")
    return node


def _line(error: yaml.MarkedYAMLError, text: str) -> int:
    """Where the mistake is: for a quotation mark that is not closed, where it was opened."""
    opened = error.context_mark if error.context == "while scanning a quoted scalar" else None
    mark = opened or error.problem_mark or error.context_mark
    return min(mark.line, text.count("\n")) + 1 if mark else 0


def _refuse_growth(text: str, file: str) -> None:
    """Walk the events before anything is built: what could make a small file large, or say two things."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = _refuse_event(event, file)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise refuse(file, "yaml_too_deep", line=line, limit=MAX_DEPTH)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise refuse(file, "yaml_documents", line=line)


def _refuse_event(event: yaml.Event, file: str) -> int:
    """Refuse an anchor, an alias or a tag; the event's line otherwise."""
    line = event.start_mark.line + 1 if event.start_mark else 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise refuse(file, "yaml_anchor", line=line)
    tag = getattr(event, "tag", None)
    if tag:
        raise refuse(file, "yaml_tag", line=line, tag=tag)
    return line


def pairs(
    node: yaml.MappingNode, file: str, problems: list[FileProblem]
) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """A mapping's entries by key text: (key node, value node). A key that stands twice is a problem."""
    found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        name = unicodedata.normalize("NFC", key.value) if isinstance(key, yaml.ScalarNode) else None
        if name is None:
            problems.append(FileProblem(file, line_of(key), "key_not_text"))
        elif name in found:
            problems.append(FileProblem(file, line_of(key), "key_twice", {"key": name}))
        else:
            found[name] = (key, value)
    return found


__all__ = ["FileRefused", "compose", "line_of", "pairs"]
