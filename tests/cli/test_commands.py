"""The command line: what it prints, its exit codes, and that nothing is written when input is refused."""

import csv
import io
import json

import openpyxl
import pytest

from parindex.cli import main


def test_check_prints_what_the_set_holds(run, framework_file):
    """Areas, maxima, kinds, grades; exit 0 and nothing on standard error."""
    result = run("check", framework_file)
    assert (result.code, result.err) == (0, "")
    assert "1 Thể chế: 10 (2 tiêu chí chấm)" in result.out
    assert "Tổng điểm tối đa 10" in result.out
    assert "Tốt từ 80" in result.out


def test_check_speaks_english_where_asked(run, framework_file):
    """With the set's English names."""
    out = run("check", framework_file, "--lang", "en").out
    assert "1 Institutions: 10 (2 leaves)" in out
    assert "Maximum 10" in out


def test_check_names_every_problem_as_file_line_message(run, framework_file):
    """Exit 2; one line a problem on standard error, none on standard output."""
    text = (
        framework_file.read_text(encoding="utf-8").replace("max: 10", "max: 11").replace("min: 50", "min: 90")
    )
    framework_file.write_text(text, encoding="utf-8")
    result = run("check", framework_file)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        f"{framework_file}:10: Điểm tối đa của các tiêu chí con trong 1 cộng lại là 10, không bằng 11.",
        f"{framework_file}:17: Mức xếp loại “kha” (từ 90) phải thấp hơn mức trước “tot” (từ 80).",
    ]


def test_a_set_that_ships_is_known_by_its_id(run):
    """No path needed."""
    assert run("check", "binhthuan-2024").code == 0


def test_a_file_that_is_not_there_is_refused(run):
    """Exit 2 and its name."""
    result = run("check", "không-có.yaml")
    assert (result.code, result.err.split(":")[0]) == (2, "không-có.yaml")


def test_schema_prints_json(run):
    """A JSON Schema of the format."""
    document = json.loads(run("schema").out)
    assert document["title"] == "parindex framework file"
    assert {"Rule", "Node", "Text"} <= set(document["$defs"])


def test_score_prints_the_ranking(run, framework_file, answers_file):
    """Rounded values in the language's notation."""
    result = run("score", framework_file, answers_file)
    assert (result.code, result.err) == (0, "")
    header, _, first, second = result.out.splitlines()
    assert header.split() == ["Hạng", "Đơn", "vị", "Điểm", "Điểm", "chuẩn", "Chỉ", "số", "Xếp", "loại"]
    assert first.split() == ["1", "Sở", "Y", "tế", "8,00", "10", "80,00", "Tốt"]
    assert second.split() == ["2", "Sở", "Nội", "vụ", "6,00", "10", "60,00", "Khá"]
    assert "8.00" in run("score", framework_file, answers_file, "--lang", "en").out


def test_score_gives_csv_and_json(run, framework_file, answers_file):
    """Exact values."""
    rows = list(
        csv.DictReader(io.StringIO(run("score", framework_file, answers_file, "--format", "csv").out))
    )
    assert [(r["unit"], r["points"], r["rank"]) for r in rows] == [
        ("Sở Y tế", "8", "1"),
        ("Sở Nội vụ", "6", "2"),
    ]
    document = json.loads(run("score", framework_file, answers_file, "--format", "json", "--lang", "en").out)
    assert document["units"][0]["nodes"]["1.2"]["reason"]["text"].startswith("Satisfaction 2/3")


def test_score_writes_a_file(run, framework_file, answers_file, tmp_path):
    """And prints nothing then; .xlsx makes a workbook."""
    target = tmp_path / "result.json"
    result = run("score", framework_file, answers_file, "--format", "json", "--output", target)
    assert (result.code, result.out) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["units"][0]["rank"] == 1
    book = tmp_path / "result.xlsx"
    assert run("score", framework_file, answers_file, "--output", book).code == 0
    assert openpyxl.load_workbook(book).active["B2"].value == "Sở Y tế"


@pytest.mark.parametrize("command", [("score",), ("explain", "--unit", "x"), ("robustness", "--draws", "5")])
def test_every_bad_row_is_named_and_nothing_is_written(run, framework_file, answers_file, tmp_path, command):
    """Exit 2 with file:line: message for each, from reading and from scoring alike."""
    answers_file.write_text("unit,criterion,answer\nx,1.1,hai\nx,9.9,1\nx,1.2,120\n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    name, *options = command
    output = ["--output", tmp_path / "out.csv"] if name == "score" else []
    result = run(name, framework_file, answers_file, *options, *output)
    assert (result.code, result.out) == (2, "")
    places = [line.partition(": ")[0] for line in result.err.splitlines()]
    assert places == [f"{answers_file}:{n}" for n in (2, 3, 4)]
    assert sorted(tmp_path.iterdir()) == before


def test_what_only_scoring_sees_has_its_line_too(run, framework_file, answers_file):
    """Five points where four are the most."""
    answers_file.write_text("unit,criterion,answer\nx,1.2,50\nx,1.1,5\n", encoding="utf-8")
    result = run("score", framework_file, answers_file)
    assert result.code == 2
    assert result.err == f"{answers_file}:3: 1.1: 5 điểm nằm ngoài khoảng từ 0 đến 4.\n"


def test_an_answer_at_a_node_with_children_is_refused(run, framework_file, answers_file):
    """Its children are to be answered."""
    answers_file.write_text("unit,criterion,answer\nx,1,5\n", encoding="utf-8")
    assert run("score", framework_file, answers_file).err == (
        f"{answers_file}:2: 1 có tiêu chí con; hãy trả lời ở tiêu chí con.\n"
    )


def test_a_near_name_is_offered(run, framework_file, answers_file):
    """For units and criteria."""
    assert "có phải “Sở Y tế”?" in run("explain", framework_file, answers_file, "--unit", "Sở Y tê").err
    result = run("explain", framework_file, answers_file, "--unit", "Sở Y tế", "--criterion", "1.11")
    assert (result.code, "có phải “1.1”?" in result.err) == (2, True)


def test_explain_goes_from_the_index_to_the_lost_points(run, framework_file, answers_file):
    """Largest loss first."""
    out = run("explain", framework_file, answers_file, "--unit", "sở  nội vụ").out
    assert "Hạng 2/2, xếp loại Khá, chỉ số 60,00" in out
    assert out.index("−3,00  1.2 Hài lòng") < out.index("−1,00  1.1 Kế hoạch")


def test_explain_one_criterion_shows_the_exact_points_and_the_rule(run, framework_file, answers_file):
    """With the answer, the note, the path."""
    out = run("explain", framework_file, answers_file, "--unit", "Sở Y tế", "--criterion", "1.1").out
    assert "Ghi chú: theo báo cáo 12" in out
    assert "Điểm chính xác: 4 / 4" in out
    assert "1 Thể chế" in out


def test_explain_speaks_english(run, framework_file, answers_file):
    """All of it."""
    out = run("explain", framework_file, answers_file, "--unit", "Sở Y tế", "--lang", "en").out
    assert "Rank 1 of 2, grade Good, index 80.00%" in out
    assert "Points lost, largest first:" in out


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_robustness_repeats_with_its_seed(run, framework_file, answers_file, form):
    """The same seed gives the same report; every unit stands in it."""
    arguments = (
        "robustness",
        framework_file,
        answers_file,
        "--draws",
        "200",
        "--seed",
        "7",
        "--format",
        form,
    )
    one, two = run(*arguments), run(*arguments)
    assert (one.code, one.out) == (0, two.out)
    assert "Sở Y tế" in one.out
    assert "Sở Nội vụ" in one.out
    if form == "json":
        json.loads(one.out)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["score"],
        ["score", "a.yaml", "b.csv", "--format", "pdf"],
        ["robustness", "a.yaml", "b.csv", "--draws", "0"],
        ["robustness", "a.yaml", "b.csv", "--weights", "1"],
        ["robustness", "a.yaml", "b.csv", "--draws", "1.5"],
        ["robustness", "a.yaml", "b.csv", "--draws", "9" * 5000],
        ["robustness", "a.yaml", "b.csv", "--weights", "nan"],
        ["robustness", "a.yaml", "b.csv", "--weights", "-1"],
        ["robustness", "a.yaml", "b.csv", "--weights", "một phần tư"],
        ["robustness", "a.yaml", "b.csv", "--seed", "-1"],
        ["check", "a.yaml", "--lang", "fr"],
        ["serve", "--port", "70000"],
    ],
)
def test_arguments_that_make_no_sense_end_with_two(run, arguments):
    """And a usage line on standard error, without names of the source."""
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "usage: parindex" in result.err
    assert "_share" not in result.err
    assert "read value" not in result.err


def test_a_share_may_have_a_comma(run, framework_file, answers_file):
    """As Vietnam writes it."""
    out = run("robustness", framework_file, answers_file, "--draws", "9", "--weights", "0,5").out
    assert "±50 %" in out


@pytest.mark.parametrize("path", ["none.yaml", ".", "none.yaml/x", "a" * 300, "a\0b"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_path_that_cannot_be_opened_is_told_in_the_language(run, tmp_path, monkeypatch, path, language):
    """Exit 2; the system's English only where English is asked for."""
    monkeypatch.chdir(tmp_path)
    if "/" in path:
        (tmp_path / "none.yaml").touch()
    result = run("check", path, "--lang", language)
    assert result.code == 2
    assert ("Không mở được" in result.err) == (language == "vi")
    assert ("irectory" in result.err or "too long" in result.err) <= (language == "en")


def test_a_message_is_one_line_whatever_the_file_holds(run, framework_file):
    """Line breaks, escapes and ten thousand letters of the file do not reach the terminal."""
    text = framework_file.read_text(encoding="utf-8")
    bad = text.replace("constructed", '"x\\ny.yaml:9: \\e[31m' + "z" * 10_000 + '"')
    framework_file.write_text(bad, encoding="utf-8")
    result = run("check", framework_file)
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err
    assert len(result.err) < 500


def test_what_is_wrong_with_a_whole_file_is_told_at_its_first_line(run, tmp_path):
    """So that every problem of a file has the same form."""
    path = tmp_path / "f.yaml"
    path.write_text("", encoding="utf-8")
    assert run("check", path).err == f"{path}:1: Tệp không có nội dung.\n"


def test_an_output_that_cannot_be_written_is_refused(run, framework_file, answers_file, tmp_path):
    """Exit 2, the path named."""
    result = run("score", framework_file, answers_file, "--output", tmp_path / "none" / "x.csv")
    assert (result.code, "none" in result.err) == (2, True)


def test_interrupting_is_quiet(run, framework_file, monkeypatch):
    """Ctrl-C ends with 130 and no traceback."""

    def interrupt(name):
        raise KeyboardInterrupt

    monkeypatch.setattr("parindex.cli._load_framework", interrupt)
    assert main(["check", str(framework_file)]) == 130


def test_check_counts_levels_where_none_is_declared(run, framework_file):
    """By depth: areas, criteria, components; and a type by its name."""
    text = framework_file.read_text(encoding="utf-8").replace("    level: area\n", "")
    text = text.replace("max: 4,", "max: {so: 4},").replace("    max: 10\n", "    max: {so: 10}\n")
    text += "unit_types: [{code: so, name: {vi: Sở, en: Department}}]\n"
    framework_file.write_text(text, encoding="utf-8")
    out = run("check", framework_file, "--lang", "en").out
    assert "Maximum 10; 1 area, 2 criteria, 2 leaves." in out
    assert "1 Institutions: Department 10 (2 leaves)" in out


def test_texts_of_a_file_cannot_steer_a_terminal_or_a_spreadsheet(run, framework_file, answers_file):
    """Names with escapes are refused, notes lose them, formulas are not run."""
    text = 'unit,criterion,answer,note\n=1+1,1.1,4,"a\x1b[31m\nb"\n'
    answers_file.write_text(text, encoding="utf-8")
    assert (
        "Note: a [31m b"
        in run(
            "explain", framework_file, answers_file, "--unit", "=1+1", "--criterion", "1.1", "--lang", "en"
        ).out
    )
    for command in (["score"], ["robustness", "--draws", "5"]):
        out = run(command[0], framework_file, answers_file, *command[1:], "--format", "csv").out
        assert ",'=1+1" in out
    answers_file.write_text(text.replace("=1+1", "x\x1b[31m"), encoding="utf-8")
    assert run("score", framework_file, answers_file).err == (
        f"{answers_file}:2: Tên “x\ufffd[31m” có ký tự điều khiển; hãy gõ lại.\n"
    )
