"""`verify`: a published bundle computed again, without Django and without a database."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from parindex.core.formats.problems import read_limited, refuse
from parindex.site_commands import Adds


LARGEST = 2**30
SHOWN = 200


def add_bundle_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`verify`."""
    verify = add(
        commands, "verify", _verify, about="check a published bundle, and compute every figure of it again"
    )
    verify.add_argument("bundle", type=Path, metavar="BUNDLE.zip")
    verify.add_argument(
        "--key", type=Path, metavar="PUBKEY", help="public keys (PEM) that you were given: proves the signer"
    )
    verify.add_argument(
        "--whole",
        type=Path,
        metavar="BUNDLE.zip",
        help="for an excerpt: the bundle that it names, where you were given it",
    )


def _verify(options: argparse.Namespace) -> int:
    """Returns 0 where everything is identical, 1 where something differs; no bundle is refused (2)."""
    from parindex.core.formats.bundle_check import check_bundle
    from parindex.core.formats.signatures import public_keys_in
    from parindex.core.wording.bundles import difference_line, summary, verdict

    keys = None
    if options.key is not None:
        keys = read_limited(options.key, 1_000_000)
        if not public_keys_in(keys):
            raise refuse(str(options.key), "key_unreadable")
    whole = read_limited(options.whole, LARGEST) if options.whole is not None else None
    gc.disable()  # a command's objects live until it ends
    content = read_limited(options.bundle, LARGEST)
    checked = check_bundle(content, str(options.bundle), keys, whole=whole)
    lines = [difference_line(d, options.lang) for d in checked.differences[:SHOWN]]
    if more := len(checked.differences[SHOWN:]):
        lines.append(f"… {'và' if options.lang == 'vi' else 'and'} {more}")
    sys.stdout.write("\n".join(lines or [verdict(checked), summary(checked, options.lang)]) + "\n")
    return 1 if lines else 0
