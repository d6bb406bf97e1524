"""Which codes of two criteria sets may be compared: only where both say the same thing."""

from __future__ import annotations

from parindex.core.kernel.framework import Framework


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
    links = next((m.codes for m in carrier.code_maps if (m.id, m.version) == (other.id, other.version)), ())
    return {
        link.new[0]: link.old[0]
        for link in links
        if link.relation in ("same", "renamed") and len(link.new) == 1 and len(link.old) == 1
    }
