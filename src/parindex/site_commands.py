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
    """The commands of a site: what it starts from, its ledger, imports, people, and what keeps it all."""
    _add_ledger(commands, add)
    rebuild = add(
        commands, "rebuild", _rebuild, about="compute a round again from its ledger alone, and compare"
    )
    rebuild.add_argument("round", metavar="ROUND", help=ROUND)
    about = "publish a concluded round, and write its signed bundle: all it takes to compute the result again"
    publish = add(commands, "publish", _publish, about=about)
    publish.add_argument("round", metavar="ROUND", help=ROUND)
    publish.add_argument("--output", type=Path, required=True, metavar="DIR", help="made if it is not there")
    _add_begin(commands, add)
    _add_imports(commands, add)
    _add_persons(commands, add)
    _add_tokens(commands, add)
    about = "articles of units’ own sites"
    acts = commands.add_parser("news", help=about, description=about).add_subparsers(
        required=True, metavar="ACT"
    )
    add(acts, "fetch", _news_fetch, about="fetch every followed feed now, and register what is new")
    add(commands, "tick", _tick, about="do what is due now; to be called each minute")
    _add_keeping(commands, add)
    _add_doctor(commands, add)


def _add_ledger(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`ledger` and its acts."""
    about = "verify the ledger, and keep the key that signs its seals"
    ledger = commands.add_parser("ledger", help=about, description=about)
    acts = ledger.add_subparsers(required=True, metavar="ACT")
    verify = add(acts, "verify", _verify, about="check every entry, text and seal; name the first broken one")
    verify.add_argument(
        "round",
        metavar="ROUND",
        nargs="?",
        help=f"{ROUND}; without it, everything; or a ledger fetched as a file (.jsonl)",
    )
    verify.add_argument(
        "--keys", type=Path, metavar="FILE", help="public keys that you were given, instead of the site's own"
    )
    verify.add_argument(
        "--sealed", metavar="HASH", help="hash of a seal that you hold; it must still be among the seals"
    )
    add(acts, "keys", _keys, about="print the public keys by which seals are verified")
    add(acts, "new-key", _new_key, about="sign with a new key from now on; old seals still verify")
    leaked = add(
        acts, "declare-leaked", _declare_leaked, about="say publicly that others may have a signing key"
    )
    leaked.add_argument("key", metavar="KEY", help="its name, as `parindex ledger keys` prints it")


def _add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`doctor`."""
    look = add(commands, "doctor", _doctor, about="whether the installation is well, and what to do if not")
    look.add_argument("--json", action="store_true", help="for programs: codes and facts")
    look.add_argument(
        "--quick", action="store_true", help="leave out the whole ledger, the whole database, and the network"
    )
    look.add_argument("--strict", action="store_true", help="end with 1 for a warning too")


def _add_keeping(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`backup`, `restore`, `migrate` and `move`."""
    backup = add(commands, "backup", _backup, about="write the whole site into one file, while it runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file; none is written over")
    backup.add_argument(
        "--keys", type=Path, metavar="FILE", help="write the secret keys too, into this new file apart"
    )
    restore = add(commands, "restore", _restore, about="make the site of a backup in an empty home")
    restore.add_argument("file", type=Path, metavar="FILE", help="what `parindex backup` wrote")
    restore.add_argument("--keys", type=Path, metavar="FILE", help="the file of its secret keys")
    restore.add_argument(
        "--replace", action="store_true", help="set aside what the home holds, and restore in its place"
    )
    migrate = add(commands, "migrate", _migrate, about="bring the database of an older version to this one")
    migrate.add_argument("--dry-run", action="store_true", help="say what it would do, tried on a copy")
    migrate.add_argument("--backup", type=Path, metavar="FILE", help="back up first, into a new file")
    move = add(commands, "move", _move, about="copy the database into an empty one on PostgreSQL")
    move.add_argument("url", metavar="URL", help="postgresql://USER@HOST:PORT/NAME, an empty database")


def _add_begin(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`begin`."""
    begin = add(commands, "begin", _begin, about="make a new site: its territory and the first administrator")
    begin.add_argument("code", metavar="CODE", help="the territory’s part of addresses: minh-hoa")
    begin.add_argument("name", metavar="NAME", help="its name in Vietnamese")
    begin.add_argument("--type", default="tinh", metavar="TYPE", help="its type (default tinh, a province)")
    begin.add_argument("--administrator", required=True, metavar="USERNAME", help="sign-in name of the first")
    begin.add_argument("--full-name", required=True, metavar="NAME", help="who that is")


def _add_persons(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`person`."""
    about = "help a person in who lost password or telephone"
    person = commands.add_parser("person", help=about, description=about)
    helps = person.add_subparsers(required=True, metavar="ACT")
    for name, run, about in (
        ("password", _password, "print a one-time password, with which the person chooses their own"),
        ("second-factor-off", _second_factor_off, "ask this person for no code any more"),
    ):
        add(helps, name, run, about=about).add_argument("name", metavar="NAME", help="sign-in name")


def _add_tokens(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    """`token`."""
    about = "let another system hand in measured values"
    acts = commands.add_parser("token", help=about, description=about).add_subparsers(
        required=True, metavar="ACT"
    )
    create = add(acts, "create", _token_create, about="print a new token; it is not shown again")
    create.add_argument("system", metavar="SYSTEM", help="the system’s name, in words")
    create.add_argument(
        "--unit",
        metavar="WAY",
        action="append",
        required=True,
        help="a unit whose values it may send, with all below it (minh-hoa.so-y-te); may be repeated",
    )
    create.add_argument(
        "--indicator", metavar="CODE", action="append", help="an indicator it may send; without it, every one"
    )
    create.add_argument("--dossiers", action="store_true", help="it may also send dossiers, row by row")
    create.add_argument("--days", metavar="N", type=int, default=365, help="how long it holds (default 365)")
    add(
        acts,
        "list",
        _token_list,
        about="number, beginning, system, units, last day and last use of each token",
    )
    revoke = add(acts, "revoke", _token_revoke, about="end a token at once")
    revoke.add_argument("number", metavar="NUMBER", type=int, help="as the list gives it")


def _add_imports(commands: argparse._SubParsersAction[argparse.ArgumentParser], add: Adds) -> None:
    about = "bring in units, people or measured values from a table, after a look at every row"
    kinds = commands.add_parser("import", help=about, description=about).add_subparsers(
        required=True, metavar="WHAT"
    )
    for what, said in (
        ("units", "units of a territory: added, or brought up to date"),
        ("people", "people and their roles"),
        ("values", "measured values of indicators"),
    ):
        parser = add(kinds, what, _import, about=said)
        parser.add_argument("file", type=Path, metavar="FILE", help=".csv or .xlsx")
        parser.add_argument(
            "--territory", metavar="CODE", help="where the units are; needed where there is more than one"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what each row would do, keep nothing")
        parser.set_defaults(what=what)


def _import(options: argparse.Namespace) -> int:
    from parindex.config import import_commands

    return import_commands.bring_in(
        options.what,
        options.file,
        territory=options.territory,
        dry_run=options.dry_run,
        language=options.lang,
    )


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


def _news_fetch(options: argparse.Namespace) -> int:
    from parindex.config import news_commands

    return news_commands.fetch(language=options.lang)


def _publish(options: argparse.Namespace) -> int:
    from parindex.config import publish_commands

    return publish_commands.publish(options.round, output=options.output, language=options.lang)


def _password(options: argparse.Namespace) -> int:
    from parindex.config import person_commands

    return person_commands.give_password(options.name, language=options.lang)


def _second_factor_off(options: argparse.Namespace) -> int:
    from parindex.config import person_commands

    return person_commands.second_factor_off(options.name, language=options.lang)


def _token_create(options: argparse.Namespace) -> int:
    from parindex.config import token_commands

    return token_commands.create(
        options.system,
        units=options.unit,
        indicators=options.indicator or [],
        dossiers=options.dossiers,
        days=options.days,
        language=options.lang,
    )


def _token_list(options: argparse.Namespace) -> int:
    from parindex.config import token_commands

    return token_commands.listed(language=options.lang)


def _token_revoke(options: argparse.Namespace) -> int:
    from parindex.config import token_commands

    return token_commands.revoke(options.number, language=options.lang)


def _backup(options: argparse.Namespace) -> int:
    from parindex.config.keeping.backup import backup

    return backup(options.file, keys=options.keys, language=options.lang)


def _restore(options: argparse.Namespace) -> int:
    from parindex.config.keeping.restore import restore

    return restore(options.file, keys=options.keys, replace=options.replace, language=options.lang)


def _migrate(options: argparse.Namespace) -> int:
    from parindex.config.keeping.migrating import migrate

    return migrate(dry_run=options.dry_run, keep=options.backup, language=options.lang)


def _begin(options: argparse.Namespace) -> int:
    from parindex.config.founding import begin

    return begin(
        options.code,
        options.name,
        kind=options.type,
        username=options.administrator,
        full_name=options.full_name,
        language=options.lang,
    )


def _move(options: argparse.Namespace) -> int:
    from parindex.config.keeping.moving import move

    return move(options.url, language=options.lang)


def _tick(options: argparse.Namespace) -> int:
    from parindex.config.ticking import tick_once

    return tick_once(options.lang)


def _doctor(options: argparse.Namespace) -> int:
    from parindex.config.doctor_command import doctor

    return doctor(as_json=options.json, quick=options.quick, strict=options.strict, language=options.lang)


def _declare_leaked(options: argparse.Namespace) -> int:
    from parindex.config.ledger_commands import declare_leaked

    return declare_leaked(options.key, language=options.lang)
