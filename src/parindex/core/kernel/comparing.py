"""Which codes of two criteria sets may be compared: only where both say the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parindex.core.kernel.framework import CodeLink, Framework


WHOLE = ""


def comparable_codes(new: Framework, old: Framework) -> dict[str, str]:
    """Codes of `new` with the code of `old` each may be compared with; the whole ("") where all roots may be.

    The same set and version is comparable throughout. Otherwise one of the two must carry a code map to
    the other, and only what it calls the same or renamed is comparable.
    """
    if (new.id, new.version) == (old.id, old.version):
        return {WHOLE: WHOLE, **{code: code for code in (*new.nodes, *new.extras)}}
    found = _kept(new, old) or {old_code: new_code for new_code, old_code in _kept(old, new).items()}
    roots_new, roots_old = {n.code for n in new.tree}, {n.code for n in old.tree}
    if roots_new <= found.keys() and {found[c] for c in roots_new} == roots_old:
        found[WHOLE] = WHOLE
    return found


def _kept(carrier: Framework, other: Framework) -> dict[str, str]:
    """Codes that the carrier's map to the other calls the same or renamed: carrier's code to the other's."""
    return {
        link.new[0]: link.old[0]
        for link in _links_to(carrier, other)
        if link.relation in ("same", "renamed") and len(link.new) == 1 and len(link.old) == 1
    }


TURNED = {"split": "merged", "merged": "split", "new": "dropped", "dropped": "new"}
"""What a relation is called when the map is read from the other set."""


@dataclass(frozen=True, slots=True)
class LeafLink:
    """Leaves of two sets that belong together.

    Attributes:
        relation: as a code map's (`CodeLink.relation`); ``unmapped`` where no map says anything of the leaf.
        new, old: codes of leaves; one side is empty where a leaf came, went or is not in the map.
    """

    relation: str
    new: tuple[str, ...]
    old: tuple[str, ...]


def leaf_links(new: Framework, old: Framework) -> list[LeafLink]:
    """Every leaf of both trees once, with what it became; whichever set carries the map.

    A code that is no leaf stands for the leaves below it that the map does not name, unless both sides of
    its link are such.
    """
    told = list(_told(new, old))
    here = _Leaves(new, {code for _, now, _ in told for code in now})
    there = _Leaves(old, {code for _, _, before in told for code in before})
    links = []
    for relation, now, before in told:
        if not here.all.isdisjoint(now) or not there.all.isdisjoint(before):
            link = LeafLink(relation, here.take(now), there.take(before))
            links += [link] if link.new or link.old else []
    links += [LeafLink("unmapped", (code,), ()) for code in here.left()]
    links += [LeafLink("unmapped", (), (code,)) for code in there.left()]
    return links


class _Leaves:
    """The leaves of one set, each given away once."""

    def __init__(self, framework: Framework, named: set[str]) -> None:
        self.framework, self.named, self.taken = framework, named, set[str]()
        self.all = {c for c, n in framework.nodes.items() if n.is_leaf}

    def take(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those that codes stand for and nobody took."""
        found = dict.fromkeys(leaf for code in codes for leaf in self._below(code))
        taken = tuple(leaf for leaf in found if leaf not in self.taken)
        self.taken.update(taken)
        return taken

    def _below(self, code: str) -> list[str]:
        if code in self.all:
            return [code]
        below = self.framework.nodes[code].walk() if code in self.framework.nodes else ()
        return [leaf.code for leaf in below if leaf.is_leaf and leaf.code not in self.named]

    def left(self) -> list[str]:
        """Those that nobody took, in printed order."""
        return [c for c in self.framework.nodes if c in self.all - self.taken]


def _told(new: Framework, old: Framework) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Links as the one or the other set tells them, from the newer set's side."""
    if (new.id, new.version) == (old.id, old.version):
        yield from (("same", (code,), (code,)) for code in new.nodes)
        return
    own = _links_to(new, old)
    if own:
        yield from ((link.relation, link.new, link.old) for link in own)
        return
    for link in _links_to(old, new):
        yield TURNED.get(link.relation, link.relation), link.old, link.new


def _links_to(carrier: Framework, other: Framework) -> tuple[CodeLink, ...]:
    return next((m.codes for m in carrier.code_maps if (m.id, m.version) == (other.id, other.version)), ())
