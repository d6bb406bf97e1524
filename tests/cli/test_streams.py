"""Where the command's output goes: pipes, closed and full streams, devices, files that are there already."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from parindex.core.formats.results_file import write_whole


MAIN = (sys.executable, "-c", "import sys; from parindex.cli import main; sys.exit(main())")


def _run(*arguments, **options):
    """`parindex …` in a process of its own, whose streams are real ones."""
    environment = {**os.environ, **options.pop("environment", {})}
    return subprocess.run(
        [*MAIN, *map(str, arguments)],
        env=environment,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
        **options,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [("check",), ("score", "answers"), ("explain", "answers", "--unit", "Sở Y tế")]
)
def test_a_reader_that_has_had_enough_is_no_error(framework_file, answers_file, command):
    """As with `| head`, even for a result that fits one buffer."""
    arguments = [answers_file if a == "answers" else a for a in command[1:]]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = _run(command[0], framework_file, *arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(framework_file):
    """Exit 2, no traceback."""
    with Path("/dev/full").open("wb") as full:
        done = _run("check", framework_file, stdout=full)
    assert (done.returncode, done.stderr.decode()) == (2, "stdout: Không ghi được: hết chỗ trên đĩa.\n")


@pytest.mark.slow
def test_a_closed_output_is_told(framework_file):
    """The result would vanish."""
    done = _run("check", framework_file, "--lang", "en", preexec_fn=lambda: os.close(1))
    assert done.returncode == 2
    assert done.stderr.startswith(b"stdout: This cannot be written")


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp1258"])
def test_vietnamese_leaves_whole_whatever_the_machine_prefers(framework_file, encoding):
    """UTF-8 through every pipe."""
    done = _run("check", framework_file, stdout=subprocess.PIPE, environment={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0
    assert "Thể chế" in done.stdout.decode()


def test_an_output_that_is_no_file_is_written_to(run, framework_file, answers_file):
    """A device stays a device."""
    assert run("score", framework_file, answers_file, "--output", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


def test_an_output_replaces_a_file_whole_and_keeps_its_rights(tmp_path):
    """A link stays a link to what is now the result; nothing is left beside it."""
    real, link = tmp_path / "kết quả.csv", tmp_path / "link.csv"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    write_whole(link, b"new")
    assert (link.is_symlink(), real.read_bytes(), real.stat().st_mode & 0o777) == (True, b"new", 0o600)
    assert sorted(tmp_path.iterdir()) == sorted([real, link])


def test_a_name_as_long_as_may_be_is_written(tmp_path):
    """The file that is made beside it needs no longer name."""
    target = tmp_path / ("a" * 255)
    write_whole(target, b"x")
    assert target.read_bytes() == b"x"


@pytest.mark.parametrize("which", ["framework", "answers"])
def test_a_result_never_takes_the_place_of_an_input(run, framework_file, answers_file, which):
    """Told before anything is computed; the file stays."""
    target = {"framework": framework_file, "answers": answers_file}[which]
    before = target.read_bytes()
    result = run("score", framework_file, answers_file, "--output", target)
    assert (result.code, target.read_bytes()) == (2, before)
    assert result.err.startswith(f"{target}: Đây là tệp đầu vào")


def test_a_directory_is_no_output(run, framework_file, answers_file, tmp_path):
    """And stays as it is."""
    result = run("score", framework_file, answers_file, "--output", tmp_path, "--lang", "en")
    assert (result.code, result.err) == (2, f"{tmp_path}: This cannot be written: Is a directory.\n")


def test_a_workbook_is_made_for_its_name_unless_another_form_is_asked_for(
    run, framework_file, answers_file, tmp_path
):
    """`--format` wins over the name."""
    target = tmp_path / "result.xlsx"
    run("score", framework_file, answers_file, "--output", target)
    assert target.read_bytes().startswith(b"PK")
    run("score", framework_file, answers_file, "--output", target, "--format", "csv")
    assert target.read_bytes().startswith(b"group,unit")
