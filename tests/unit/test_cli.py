"""The public command line, from an empty folder to a list on paper."""

import ast
import io
import json
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from admin_suite.cli.run import _use_utf8, run
from admin_suite.cli.words import FOR_PROGRAMS, HEADINGS
from admin_suite.core.clock import here
from modules import INSTALLED
from modules.lab.documents.labels import VALUES as LABEL_VALUES
from modules.lab.rules import accession
from modules.results.documents.lists import VALUES as LIST_VALUES
from tests.conftest import MODULES

ROOT = Path(__file__).parents[2]
LIST = "STT;Họ và tên;Ngày sinh;Giới tính;SĐT;Địa chỉ;Ngày giờ lấy mẫu;Mã ống gộp"
PEOPLE = (
    "1;Lý Thanh Đức;12/07/1988;Nam;0818730183;Bản Lầu, xã Điện Quan;12/08/2021 07:15;G1",
    "2;Phùng Mùi Yến;1991;Nữ;;Bản Lầu, xã Điện Quan;12/08/2021 07:17;G1",
    "3;Bàn Văn Quyết;5/8/1974;Nam;0372770242;Bản Lầu, xã Điện Quan;12/08/2021 07:19;",
)
SAID = "Nguyễn Thị Mỷ, xã Điện Quan ✓"
PASSWORDS = {"quan.tri": "mot-hai-ba", "ha": "bon-nam-sau", "duc": "bay-tam-chin"}


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Run a command as somebody; answers the status, the JSON and what was said."""

    def command(who, *words):
        monkeypatch.setenv("ADMIN_SUITE_PASSWORD", PASSWORDS.get(who, ""))
        user = ("--as", who) if who else ()
        database = str(tmp_path / "suite.db")
        status = run(MODULES, ("--db", database, "--lang", "en", "--json", *user, *words))
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return command


@pytest.fixture
def ready(say, monkeypatch):
    """A database with an administrator, a technician and a head of the laboratory."""
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", "mot-hai-ba")
    assert (
        say("quan.tri", "init", "--unit", "Trung tâm Y tế huyện Bảo Yên", "--admin", "quan.tri")[0]
        == 0
    )
    for name, role in (("ha", "technician"), ("duc", "lab_head")):
        monkeypatch.setenv("ADMIN_SUITE_NEW_PASSWORD", PASSWORDS[name])
        assert say("quan.tri", "users", "add", name, "--role", role)[0] == 0
    return say


@pytest.fixture
def listed(tmp_path):
    """Write a sampling list as CSV."""

    def write(*lines, name="list.csv"):
        file = tmp_path / name
        file.write_text("\n".join((LIST, *lines)), encoding="utf-8-sig")
        return str(file)

    return write


def results(tmp_path, pairs):
    file = tmp_path / "results.csv"
    lines = ["Mã số mẫu;Kết quả;Ct", *(f"{number};{word};" for number, word in pairs)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_the_whole_thread(ready, listed, tmp_path):
    status, receipt, _ = ready(
        "ha", "import", "lab.samples", listed(*PEOPLE), "--sender", "Trạm Y tế xã Điện Quan"
    )
    assert (status, receipt["read"], receipt["stored"]) == (0, 3, 3)
    assert ready("ha", "lab", "receive", "--all")[1] == {"received": 2}
    out = str(tmp_path / "samples.json")
    assert ready("ha", "export", "lab.samples", out)[0] == 0
    rows = json.loads((tmp_path / "samples.json").read_text(encoding="utf-8"))
    assert [(row["name"], row["dob"], row["pool"]) for row in rows] == [
        ("Lý Thanh Đức", "1988-07-12", "G1"),
        ("Phùng Mùi Yến", "1991", "G1"),
        ("Bàn Văn Quyết", "1974-08-05", ""),
    ]
    pool, single = rows[0]["accession"], rows[2]["accession"]
    given = results(tmp_path, [(pool, "Âm tính"), (single, "Dương tính")])
    assert ready("ha", "import", "lab.results", given)[1]["stored"] == 2
    status, _, said = ready("quan.tri", "results", "release", "--accession", single)
    assert (status, "checked by a second person" in said) == (3, True)
    assert ready("duc", "results", "validate", "--all-negative")[1] == {"validated": 1}
    assert ready("duc", "results", "release", "--all-negative")[1] == {"released": 1}
    assert ready("duc", "results", "validate", "--accession", single)[0] == 0
    assert ready("duc", "results", "release", "--accession", single)[0] == 0
    assert ready("duc", "export", "results.released", out)[0] == 0
    rows = json.loads((tmp_path / "samples.json").read_text(encoding="utf-8"))
    assert [row["outcome"] for row in rows] == ["NEGATIVE", "NEGATIVE", "POSITIVE"]
    paper = tmp_path / "list.pdf"
    assert (
        ready("duc", "paper", "results.list", str(paper), "--set", "sender=Trạm Y tế xã Điện Quan")[
            0
        ]
        == 0
    )
    assert paper.read_bytes().startswith(b"%PDF")
    assert ready("quan.tri", "check")[1]["whole"] is True


def test_one_person_at_both_ends_is_refused_with_the_rule(ready, listed, tmp_path):
    ready("quan.tri", "import", "lab.samples", listed(*PEOPLE[2:]))
    ready("quan.tri", "lab", "receive", "--all")
    number = accession(here(datetime.now(UTC)).year, "BY", 1)
    ready("quan.tri", "import", "lab.results", results(tmp_path, [(number, "Âm tính")]))
    for words in (("--all-negative",), ("--accession", number)):
        status, _, said = ready("quan.tri", "results", "validate", *words)
        assert (status, "somebody else must check it" in said) == (3, True)


def test_a_bad_row_refuses_the_list_and_partial_stores_the_rest(ready, listed, tmp_path):
    file = listed(*PEOPLE, "4;;1980;Nam;;xã Điện Quan;12/08/2021 07:21;")
    status, receipt, said = ready("ha", "import", "lab.samples", file)
    assert (status, receipt["stored"]) == (3, 0)
    assert [(row["row"], row["code"]) for row in receipt["refused"]] == [(5, "NO_NAME")]
    assert "row 5" in said
    assert ready("ha", "lab", "receive", "--all")[1] == {"received": 0}
    errors = tmp_path / "errors.xlsx"
    words = ("import", "lab.samples", file, "--partial", "--errors", str(errors))
    assert ready("ha", *words)[1]["stored"] == 3
    assert errors.is_file()


def test_a_second_import_changes_nothing_and_a_dry_run_stores_nothing(ready, listed):
    file = listed(*PEOPLE)
    assert ready("ha", "import", "lab.samples", file, "--dry-run")[1]["stored"] == 0
    assert ready("ha", "import", "lab.samples", file)[1]["stored"] == 3
    again = ready("ha", "import", "lab.samples", file)[1]
    assert (again["stored"], again["unchanged"]) == (0, 3)


def test_a_corrected_list_and_an_import_taken_back(ready, listed):
    assert ready("ha", "import", "lab.samples", listed(*PEOPLE))[1]["import"] == 1
    corrected = (PEOPLE[0].replace("0818730183", "0818730184"), *PEOPLE[2:])
    receipt = ready("ha", "import", "lab.samples", listed(*corrected, name="again.csv"))[1]
    assert receipt["changed"] == [
        {"row": 2, "was": 2, "fields": {"phone": ["0818730183", "0818730184"]}}
    ]
    assert (receipt["unchanged"], receipt["revises"], receipt["new"]) == (1, "list.csv", [])
    assert receipt["missing"] == [{"was": 3, "name": "Phùng Mùi Yến"}]
    status, answer, _ = ready("ha", "import", "take-back", "2")
    assert (status, answer["taken_back"], answer["undone"], answer["stays"]) == (0, 0, 1, [])
    status, _, said = ready("ha", "import", "take-back", "2")
    assert (status, "was taken back" in said) == (3, True)
    assert ready("ha", "import", "take-back", "1")[1]["taken_back"] == 3
    rows = ready("ha", "import", "list")[1]
    assert [(row["number"], bool(row["taken_back_at"])) for row in rows] == [(2, True), (1, True)]
    assert ready("ha", "import", "lab.samples", listed(*PEOPLE))[1]["stored"] == 3


def test_rights_and_passwords_are_asked(ready, listed, monkeypatch):
    assert ready("duc", "users", "list")[0] == 3
    assert ready("", "lab", "receive", "--all")[0] == 3
    monkeypatch.setitem(PASSWORDS, "ha", "guess")
    status, _, said = ready("ha", "lab", "receive", "--all")
    assert (status, "wrong" in said) == (3, True)


def test_a_backup_goes_out_and_comes_back(ready, listed, tmp_path):
    ready("ha", "import", "lab.samples", listed(*PEOPLE))
    file = str(tmp_path / "b.db")
    assert ready("ha", "backup", file)[0] == 3
    status, made, _ = ready("quan.tri", "backup", file)
    assert (status, made["file"]) == (0, file)
    assert ready("quan.tri", "check", "--anchor", file)[1]["anchors"] == 2
    ready("ha", "lab", "receive", "--all")
    assert ready("duc", "restore", file)[0] == 3
    assert ready("quan.tri", "restore", file)[1]["rows"] == made["rows"]
    assert ready("ha", "lab", "receive", "--all")[1] == {"received": 2}
    assert ready("quan.tri", "check", "--anchor", f"{file}.json")[1]["whole"] is True
    assert "no file" in ready("quan.tri", "restore", f"{file}.x")[2]


def test_the_audit_is_read_by_whoever_holds_the_right(ready, listed):
    ready("ha", "import", "lab.samples", listed(*PEOPLE))
    status, told, _ = ready("quan.tri", "audit", "--by", "ha", "--subject", "registry_person")
    assert (status, [row["verb"] for row in told]) == (0, ["lab.register"])
    assert "Lý Thanh Đức" not in json.dumps(told, ensure_ascii=False)
    assert len(ready("quan.tri", "audit", "--most", "1")[1]) == 1
    assert ready("ha", "audit")[0] == 3
    of_people = ready("quan.tri", "audit", "--by", "ha", "--subject", "people")[1]
    assert of_people == told
    status, _, said = ready("quan.tri", "audit", "--subject", "moon")
    assert (status, "People" in said) == (3, True)


def test_the_audit_is_told_to_people_in_words(ready, listed, capsys, tmp_path, monkeypatch):
    ready("ha", "import", "lab.samples", listed(*PEOPLE))
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", PASSWORDS["quan.tri"])
    where = ("--db", str(tmp_path / "suite.db"), "--as", "quan.tri")
    for lang, words in (("en", ("Signed in", "People")), ("vi", ("Đã đăng nhập", "Công dân"))):
        assert run(MODULES, (*where, "--lang", lang, "audit", "--most", "40")) == 0
        told = capsys.readouterr().out
        assert all(word in told for word in words)
        assert "registry_" not in told
        assert "_person" not in told


def test_what_there_is_tells_its_fields_and_types_to_programs(ready):
    sheets = {one["name"]: one for one in ready("", "sheets")[1]}
    read = {one["name"]: one for one in sheets["lab.samples"]["import"]}
    assert {read[name]["type"] for name in ("name", "phone", "id_no", "pool")} == {"text"}
    assert (read["dob"]["type"], read["collected_at"]["type"]) == ("date", "moment")
    assert "NASOPHARYNGEAL" in read["specimen"]["codes"]
    assert read["name"]["required"]
    assert not read["phone"]["required"]
    written = {one["name"]: one["type"] for one in sheets["results.released"]["fields"]}
    assert (written["released_at"], written["outcome"], written["pooled"]) == (
        "moment",
        "code",
        "boolean",
    )
    labels = next(one for one in ready("", "papers")[1] if one["name"] == "lab.labels")
    assert {"accession", "form", "from_page"} <= {one["name"] for one in labels["fields"]}
    for report in ready("", "reports")[1]:
        assert [one["type"] for one in report["fields"][:2]] == ["date", "date"]


def test_what_a_manifest_says_may_be_set_is_what_the_paper_takes():
    taken = {"lab.labels": LABEL_VALUES, "results.list": LIST_VALUES}
    for module in MODULES:
        for paper in module.papers:
            if (name := f"{module.name}.{paper.name}") in taken:
                assert {one.name for one in paper.blanks} == set(taken[name])


def test_a_person_is_told_a_remark_once_with_its_rows(ready, listed, tmp_path, monkeypatch, capsys):
    names = [f"Thị {letter}a" for letter in "BCDGHKLMNPST"]
    old = [f"{n};Lý {one};1980;Nam;;xã Long Khánh;12/08/2021;G1" for n, one in enumerate(names, 1)]
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", PASSWORDS["ha"])
    words = ("--db", str(tmp_path / "suite.db"), "--lang", "en", "--as", "ha")
    assert run(MODULES, (*words, "import", "lab.samples", listed(*old), "--dry-run")) == 0
    said = capsys.readouterr().out
    assert said.count("old name") == 1
    assert "and 4 more" in said
    assert "Rows" in said
    status, receipt, _ = ready("ha", "import", "lab.samples", listed(*old), "--dry-run")
    assert (status, [one["row"] for one in receipt["warnings"]]) == (0, list(range(2, 14)))


def test_users_are_switched_off_and_on_and_get_words(ready, monkeypatch):
    assert ready("quan.tri", "users", "off", "ha")[1] == {"name": "ha", "active": False}
    assert ready("ha", "lab", "receive", "--all")[0] == 3
    assert ready("quan.tri", "users", "on", "ha")[0] == 0
    status, _, said = ready("quan.tri", "users", "off", "quan.tri")
    assert (status, "Another administrator" in said) == (3, True)
    assert "no user “nobody”" in ready("quan.tri", "users", "off", "nobody")[2]
    monkeypatch.setenv("ADMIN_SUITE_NEW_PASSWORD", "muoi-muoi-mot")
    assert ready("duc", "users", "password", "ha")[0] == 3
    assert ready("ha", "users", "password", "ha")[0] == 0
    monkeypatch.setitem(PASSWORDS, "ha", "muoi-muoi-mot")
    monkeypatch.setenv("ADMIN_SUITE_NEW_PIN", "12")
    assert ready("ha", "users", "pin", "ha")[0] == 3
    monkeypatch.setenv("ADMIN_SUITE_NEW_PIN", "2705")
    assert ready("ha", "users", "pin", "ha")[1] == {"name": "ha", "pin": True}
    assert ready("duc", "users", "off", "ha")[0] == 3


def test_wrong_usage_is_two(ready):
    with pytest.raises(SystemExit) as left:
        ready("ha", "lab", "fly")
    assert left.value.code == 2


def test_a_template_filled_in_is_imported(ready, tmp_path):
    for sheet in ("lab.samples", "lab.results", "registry.people"):
        assert ready("ha", "template", sheet, str(tmp_path / f"{sheet}.xlsx"))[0] == 0
    file = tmp_path / "registry.people.xlsx"
    book = load_workbook(file)
    head = next(r for r in book.active.iter_rows() if "Full name" in [c.value for c in r])
    values = {"Full name": "Lý Thị Mẩy", "Date of birth": "05/03/1990", "Sex": "Female"}
    for cell in head:
        book.active.cell(head[0].row + 2, cell.column, values.get(cell.value, ""))
    book.save(file)
    assert ready("ha", "import", "registry.people", str(file))[1]["stored"] == 1


def test_help_is_in_the_language_asked_for(capsys):
    for lang, word in (("vi", "tùy chọn"), ("en", "options")):
        with pytest.raises(SystemExit):
            run(MODULES, ("--lang", lang, "--help"))
        assert word in capsys.readouterr().out


def test_a_sender_that_is_nearly_a_known_one_is_asked_back(ready, listed):
    known, slip = "Trạm Y tế xã Điện Quan", "Trạm Y tế xã Điện Quann"
    assert ready("ha", "import", "lab.samples", listed(*PEOPLE), "--sender", known)[0] == 0
    for more in ((), ("--dry-run",)):
        status, _, said = ready(
            "ha", "import", "lab.samples", listed(*PEOPLE), "--sender", slip, *more
        )
        assert (status, known in said, "--new-sender" in said) == (3, True, True)
    words = ("ha", "import", "lab.samples", listed(*PEOPLE), "--sender", slip, "--new-sender")
    status, receipt, said = ready(*words)
    assert (status, receipt, "--again" in said, known in said) == (3, None, True, True)
    status, receipt, _ = ready(*words, "--again")
    assert (status, receipt["stored"]) == (0, 3)
    assert [one["code"] for one in receipt["warnings"]] == ["OTHER_SENDER"]


def test_a_person_reads_words_and_a_program_codes(ready, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", "mot-hai-ba")
    database = str(tmp_path / "suite.db")
    asked = ("--db", database, "--as", "quan.tri", "users", "list")
    assert run(MODULES, ("--lang", "vi", *asked)) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].split("  ")[0] == "Số"
    assert any("Kỹ thuật viên xét nghiệm" in line for line in told)
    assert not any("technician" in line or "True" in line for line in told)
    assert run(MODULES, ("--json", *asked)) == 0
    assert {row["role"] for row in json.loads(capsys.readouterr().out)} >= {"technician", "admin"}


def test_a_report_is_written_for_the_days_named_or_refused_in_words(ready, tmp_path):
    file = str(tmp_path / "day.xlsx")
    status, said, _err = ready("duc", "report", "lab.day", file, "--from", "2021-08-01")
    assert (status, said["rows"]) == (0, 0)
    assert load_workbook(file).active["A2"].value == "Tests by sender"
    assert "lab.day" in {row["name"] for row in ready("duc", "reports")[1]}
    backwards = ("--from", "2021-08-02", "--to", "2021-08-01")
    assert ready("duc", "report", "lab.day", file, *backwards)[0] == 3
    assert "lab.day" in ready("duc", "report", "lab.nothing", file)[2]
    assert ready("duc", "report", "lab.day", str(tmp_path / "day.txt"))[0] == 3


def keys_of(file):
    """The keys of the answers that the functions of a file of commands put together."""
    for function in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef):
            for made in ast.walk(function):
                if isinstance(made, ast.Dict):
                    yield from (key.value for key in made.keys if isinstance(key, ast.Constant))


@pytest.mark.parametrize("module", INSTALLED)
def test_every_field_of_an_answer_has_a_word(module):
    folder = ROOT / "modules" / module
    files = [*folder.glob("commands.py"), *folder.glob("commands/*.py")]
    found = {key for file in files for key in keys_of(file)}
    assert found - HEADINGS.keys() - FOR_PROGRAMS == set()


class Console(io.TextIOWrapper):
    """A window with a prompt in it."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("encoding", "drawn"),
    [("cp1258", SAID.replace("✓", "?")), ("ascii", "Nguy"), ("utf-8", SAID)],
)
def test_a_console_draws_what_it_can_and_never_fails(encoding, drawn, monkeypatch):
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Console(kept, encoding=encoding))
    _use_utf8()
    print(SAID, end="", flush=True)  # noqa: T201
    told = unicodedata.normalize("NFC", kept.getvalue().decode(encoding))
    assert told.startswith(drawn)
