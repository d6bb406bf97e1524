"""The subcommands that work on the site's database; what they do is imported when they run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class Adds(Protocol):
    """Makes a subcommand with the options that all of them share."""

    def __call__(
        self,
        commands: argparse._SubParsersAction[argparse.ArgumentParser],
        name: str,
        run: Callable[[argparse.Namespace], int],
        *,
        about: str,
    ) -> argparse.ArgumentParser:
        """The parser of the new subcommand."""


ROUND = "the round as TERRITORY/CODE: minh-hoa/2024"


def add_site_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`ledger`, `rebuild` and `tick`."""
    about = "verify the ledger, and keep the key that signs its seals"
    ledger = commands.add_parser("ledger", help=about, description=about)
    acts = ledger.add_subparsers(required=True, metavar="ACT")
    verify = add(acts, "verify", _verify, about="check every entry, text and seal; name the first broken one")
    verify.add_argument("round", metavar="ROUND", nargs="?", help=f"{ROUND}; without it, everything")
    verify.add_argument(
        "--keys", type=Path, metavar="FILE", help="public keys that you were given, instead of the site's own"
    )
    verify.add_argument(
        "--sealed", metavar="HASH", help="hash of a seal that you hold; it must still be among the seals"
    )
    add(acts, "keys", _keys, about="print the public keys by which seals are verified")
    add(acts, "new-key", _new_key, about="sign with a new key from now on; old seals still verify")
    rebuild = add(
        commands, "rebuild", _rebuild, about="compute a round again from its ledger alone, and compare"
    )
    rebuild.add_argument("round", metavar="ROUND", help=ROUND)
    add(commands, "tick", _tick, about="do what is due now; to be called each minute")


def _verify(options: argparse.Namespace) -> int:
    from parindex.config import ledger_commands

    return ledger_commands.verify_ledger(
        options.round, keys=options.keys, sealed=options.sealed, language=options.lang
    )


def _keys(options: argparse.Namespace) -> int:
    from parindex.config import ledger_commands

    return ledger_commands.print_keys(options.lang)


def _new_key(options: argparse.Namespace) -> int:
    from parindex.config import ledger_commands

    return ledger_commands.make_key(options.lang)


def _rebuild(options: argparse.Namespace) -> int:
    from parindex.config import ledger_commands

    return ledger_commands.rebuild_round(options.round, language=options.lang)


def _tick(options: argparse.Namespace) -> int:
    from parindex.config.ticking import tick_once

    return tick_once(options.lang)
