"""Setting the site up: Django ready, the database at its newest shape."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from parindex.config.given import SettingsRefused, check_given, given


REFUSED = 2


def check_settings() -> None:
    """Say what is wrong with the settings, in both languages.

    Raises:
        SystemExit: with `REFUSED`, where anything is.
    """
    try:
        check_given()
    except SettingsRefused as refused:
        for vi, en in refused.problems:
            print(f"parindex: {vi} / {en}", file=sys.stderr)
        raise SystemExit(REFUSED) from None


def need_site() -> None:
    """Say plainly what to install where the site's packages are missing, and what is wrong with its settings.

    Raises:
        SystemExit: where either is so.
    """
    try:
        import django  # noqa: F401  whether it is there is the question
    except ModuleNotFoundError:
        raise SystemExit("parindex: the site needs more packages: pip install 'parindex[site]'") from None
    check_settings()


def prepare() -> None:
    """Make Django ready and apply what migrations are missing.

    Raises:
        SystemExit: with 1, where the home cannot be written or the database does not answer, which is told.
    """
    set_up()
    from django.db import OperationalError

    from parindex.config.keeping.shaping import bring_up

    try:
        bring_up()
    except OperationalError as error:
        raise _no_database(error) from error


def _no_database(error: Exception) -> SystemExit:
    said = (str(error).strip() or "–").splitlines()[0]
    return SystemExit(f"parindex: không dùng được cơ sở dữ liệu / the database cannot be used: {said}")


def ready(language: str, *, newest: bool = True) -> None:
    """Make Django ready for a command that works on what is there: nothing is made, nothing migrated.

    Args:
        newest: whether the database must have its newest shape; else any that it was given by this program.

    Raises:
        SystemExit: with `REFUSED`, where there is no database or it has an older shape; with 1, where it does
            not answer; both are told.
    """
    need_site()
    set_up()
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    name = connection.settings_dict["NAME"]
    missing = connection.vendor == "sqlite" and isinstance(name, Path) and not name.exists()
    if not missing:
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            raise _no_database(error) from error
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan or (not newest and executor.loader.applied_migrations):
            return
    said = (
        "cơ sở dữ liệu chưa có hoặc chưa được nâng cấp; hãy chạy `parindex serve` trước"
        if language == "vi"
        else "there is no database, or it has an older shape; run `parindex serve` first"
    )
    print(f"parindex: {name}: {said}", file=sys.stderr)
    raise SystemExit(REFUSED)


def set_up() -> None:
    """Make Django ready for what needs no database.

    Raises:
        SystemExit: with 1, where the home cannot be written; with `REFUSED`, where a setting is wrong; both
            are told.
    """
    check_settings()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    import django

    try:
        django.setup()
    except OSError as error:
        home = given("PARINDEX_HOME", "var")
        raise SystemExit(
            f"parindex: không ghi được vào / cannot write in PARINDEX_HOME ({home}): {error.strerror}"
        ) from error
