"""`python -m index`: the machine interface, to the letter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from index.__main__ import app
from index.calibration import Calibration
from tests.conftest import ROOT
from tests.index.fakes import FakeEmbedder, write_files, write_records

RECORDS: list[dict[str, str]] = [
    {
        "id": "ferry-2016",
        "title": "Ferry sails again",
        "text": "The ferry sailed again on Friday.\r\n\r\nIt carries forty dogs, “and a goat”. Nobody fell in.",
        "url": "https://gazette.example/ferry",
        "source": "The Gazette",
        "author": "Ann Lee",
        "published": "2016-07-15",
    },
    {"id": "ferry-2019", "title": "Ferry stops", "text": "The ferry stopped in a storm.", "published": "2019-11-05"},
    {"id": "bakery", "title": "Bakery burns", "text": "A fire closed the bakery."},
    {"id": "chess", "title": "Chess club", "text": "The chess club meets on Tuesdays."},
    {"id": "soup", "title": "Soup", "text": "Carrot soup is boiled for an hour."},
]
ANSWERED, REFUSED = "How many dogs does the ferry carry?", "Who discovered radium in Paris?"
FIELDS = ["id", "answerable", "confidence", "quotes", "closest", "elapsed_ms"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with articles, where the commands run with a fake model and a plain calibration:
    a question is answered just when most of its words are in the passage."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("index.bootstrap.open_embedder", lambda settings: FakeEmbedder())
    ranking = {"dense": 1.0, "coverage": 1.0, "focus": 1.0, "time": 3.0}
    plain = Calibration(ranking, {"intercept": -5.0, "coverage": 10.0}, 0.5)
    monkeypatch.setattr(Calibration, "load", lambda **_: plain)
    monkeypatch.setenv("ARTICLES_DIR", "articles")
    monkeypatch.setenv("INDEX_DIR", "index")
    write_records(tmp_path, RECORDS)
    return tmp_path


@pytest.fixture
def built(here: Path) -> Path:
    """The same, indexed."""
    assert run("build").exit_code == 0
    return here


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def one(result: Result) -> Any:
    [only] = lines(result)
    return only


def assert_refused(result: Result, *said: str) -> None:
    """Exit code 1, and one calm sentence on standard error that says all of `said`."""
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    message = result.stderr.strip().splitlines()[-1]
    for words in said:
        assert words in message


def stored_text(article_id: str) -> str:
    return next(record["text"] for record in RECORDS if record["id"] == article_id)


# build


def test_build_prints_the_four_counts(here: Path) -> None:
    assert run("build").stdout.startswith("+5 ~0 −0 ✗0  (5 articles, ")
    assert run("build").stdout.startswith("+0 ~0 −0 ✗0  (5 articles, ")
    write_records(
        here, [*RECORDS[:3], RECORDS[3] | {"title": "Chess!"}, {"id": "new", "title": "N", "text": "New it is."}]
    )
    write_files(here, {"empty.txt": ""})
    report = run("build")
    assert report.exit_code == 0
    assert report.stdout.startswith("+1 ~1 −1 ✗1  (5 articles, ")
    assert re.search(r"^✗ empty\.txt: \S", report.stdout, re.M)


def test_build_json_is_one_object_and_nothing_else(here: Path) -> None:
    write_files(here, {"empty.txt": ""})
    report = one(run("build", "--json"))
    assert set(report) == {
        "version", "articles", "passages", "embedded", "added", "changed", "removed", "failed", "seconds",
    }  # fmt: skip
    assert report["added"] == [record["id"] for record in RECORDS]
    assert (report["articles"], report["changed"], report["removed"]) == (5, [], [])
    assert [set(failure) for failure in report["failed"]] == [{"path", "reason"}]


def test_build_events_are_progress_lines_and_a_report_at_low_priority(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    niced: list[int] = []
    monkeypatch.setattr(os, "nice", niced.append)
    *progress, report = lines(run("build", "--events"))
    assert niced == [10]
    assert all(set(event) == {"event", "stage", "done", "total"} for event in progress)
    assert {event["event"] for event in progress} == {"progress"}
    assert progress[0]["stage"] == "reading"
    assert report["event"] == "report"
    assert report["added"] == [record["id"] for record in RECORDS]


def test_build_events_tell_an_error_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "nice", lambda by: by)
    result = run("build", "--events", "--articles", "absent")
    assert result.exit_code == 1
    [error] = [json.loads(line) for line in result.stdout.splitlines()]
    assert error["event"] == "error"
    assert "absent: there is no such folder" in error["message"]


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_build_fails_only_when_nothing_can_be_served_and_then_leaves_the_index(built: Path, flags: tuple[str]) -> None:
    assert_refused(run("build", "--articles", "absent", *flags), "absent: there is no such folder", "ARTICLES_DIR")
    (built / "empty").mkdir()
    assert_refused(run("build", "--articles", "empty", *flags), "holds no article")
    assert one(run("ask", ANSWERED, "--json"))["answerable"]


def test_a_start_goes_on_with_the_index_as_it_was_when_the_build_fails(built: Path) -> None:
    kept = run("build", "--or-keep", "--articles", "absent")
    assert kept.exit_code == 0
    assert "no such folder" in kept.stderr
    assert "from the index as it was" in kept.stderr
    assert_refused(
        run("build", "--or-keep", "--articles", "absent", "--index", "none"), "absent: there is no such folder"
    )


@pytest.mark.parametrize(("level", "problem"), [("", ""), (" debug ", ""), ("verbose", "LOG_LEVEL: write DEBUG")])
def test_a_blank_log_level_is_the_default_and_an_unknown_one_a_sentence(
    tmp_path: Path, level: str, problem: str
) -> None:
    environment = {**os.environ, "LOG_LEVEL": level, "ARTICLES_DIR": "absent", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "index", "build"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().startswith(problem or "absent: there is no such folder")
    assert ("Traceback" in done.stderr) is (level == " debug ")  # what went wrong in full, for who asks for it


def test_options_win_over_the_environment_and_that_over_env_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "other").mkdir()
    write_records(here / "other", RECORDS[:1])
    assert one(run("build", "--articles", "other/articles", "--index", "other/index", "--json"))["articles"] == 1
    assert (here / "other/index/LIVE").is_file()
    assert not (here / "index").exists()
    monkeypatch.delenv("INDEX_DIR")
    (here / ".env").write_text("INDEX_DIR=from-file\nARTICLES_DIR=nowhere\n")
    assert one(run("build", "--json"))["articles"] == 5
    assert (here / "from-file/LIVE").is_file()


def test_an_env_file_in_another_encoding_is_one_sentence(here: Path) -> None:
    (here / ".env").write_text("INDEX_DIR=elsewhere\n", "utf-16")
    for command in (("build",), ("ask", ANSWERED), ("evaluate", "--queries", "none.jsonl")):
        assert_refused(run(*command), ".env: it is not UTF-8 text. Save it as UTF-8.")


# ask


def test_ask_json_is_the_documented_object(built: Path) -> None:
    answer = one(run("ask", ANSWERED, "--json"))
    assert list(answer) == FIELDS
    assert answer["id"] is None
    assert answer["answerable"] is True
    assert 0.5 <= answer["confidence"] <= 1
    assert answer["closest"] == []
    assert answer["elapsed_ms"] > 0
    first = answer["quotes"][0]
    assert list(first) == ["text", "highlight", "article", "start", "end", "score"]
    fields = ("id", "title", "url", "source", "author", "published")
    assert first["article"] == {name: RECORDS[0][name] for name in fields} | {"path": "articles.jsonl"}
    assert 0 <= first["score"] <= 1


def test_every_quote_is_a_slice_of_the_record_s_own_text_with_its_highlight_inside(built: Path) -> None:
    for question in (ANSWERED, REFUSED, "soup", "the fire of the bakery"):
        for quote in one(run("ask", question, "--json", "--always-quote", "--k", "10"))["quotes"]:
            text = stored_text(quote["article"]["id"])
            assert quote["text"] == text[quote["start"] : quote["end"]]
            assert quote["highlight"] in quote["text"]
            assert quote["highlight"]


def test_a_question_without_an_answer_quotes_nothing_and_names_the_closest(built: Path) -> None:
    answer = one(run("ask", "Where does the chess champion of Baku live?", "--json"))
    assert answer["answerable"] is False
    assert answer["quotes"] == []
    assert answer["closest"][0] == {"id": "chess", "title": "Chess club", "url": None}
    assert len(answer["closest"]) <= 3


def test_always_quote_quotes_also_what_does_not_answer(built: Path) -> None:
    answer = one(run("ask", REFUSED, "--json", "--always-quote"))
    assert answer["answerable"] is False
    assert len(answer["quotes"]) == 3
    scores = [quote["score"] for quote in answer["quotes"]]
    assert scores == sorted(scores, reverse=True)


def test_k_is_how_many_quotes_at_most(built: Path) -> None:
    for k in (1, 2, 5, 100):
        answer = one(run("ask", ANSWERED, "--json", "--always-quote", "--k", str(k)))
        assert len(answer["quotes"]) == min(k, 5)
    for wrong in ("0", "101", "many"):
        assert run("ask", ANSWERED, "--k", wrong).exit_code == 2


@pytest.mark.parametrize(
    ("asked_at", "expected"), [("2016-07-20", "ferry-2016"), ("2019-11-06T09:00:00Z", "ferry-2019")]
)
def test_asked_at_decides_what_last_week_means(built: Path, asked_at: str, expected: str) -> None:
    question = "What did the ferry do in the past week?"
    answer = one(run("ask", question, "--json", "--always-quote", "--asked-at", asked_at))
    assert answer["quotes"][0]["article"]["id"] == expected


def test_an_asked_at_that_is_no_time_is_refused(built: Path) -> None:
    assert_refused(run("ask", ANSWERED, "--asked-at", "last week"), "--asked-at", "'last week'", "ISO 8601")


def test_for_a_person_the_answer_is_plain_text_with_its_source(built: Path) -> None:
    result = run("ask", ANSWERED)
    assert result.exit_code == 0
    assert "It carries forty dogs, “and a goat”." in result.stdout
    assert "— Ferry sails again · The Gazette · 2016-07-15 · https://gazette.example/ferry" in result.stdout
    assert "Not in these articles" not in result.stdout


def test_for_a_person_a_refusal_says_so_and_names_the_closest(built: Path) -> None:
    for flags in ((), ("--always-quote",)):
        result = run("ask", "Where does the chess champion of Baku live?", *flags)
        assert result.exit_code == 0
        assert result.stdout.startswith("Not in these articles.\n  closest, not an answer: Chess club\n")


def test_an_article_cannot_steer_the_terminal(here: Path) -> None:
    text = "The ferry \x1b]0;forged\x07 carries \x1b[31mred\x1b[0m dogs \x9b2J and \u202estaog."
    write_records(here, [RECORDS[0] | {"text": text, "title": "Ferry \x1b[2J"}, *RECORDS[1:]])
    assert run("build").exit_code == 0
    printed = run("ask", ANSWERED).stdout
    assert "carries �[31mred�[0m dogs" in printed
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", printed)
    assert one(run("ask", ANSWERED, "--json"))["quotes"][0]["text"] == text


@pytest.mark.parametrize("arguments", [(), ("",), ("a question", "--batch", "file.jsonl")])
def test_a_question_or_a_batch_but_not_both(built: Path, arguments: tuple[str, ...]) -> None:
    assert_refused(run("ask", *arguments), "give either a question or --batch FILE.jsonl")


def test_without_an_index_the_message_says_how_to_build_it(here: Path) -> None:
    (here / "questions.jsonl").write_text('{"id": 1, "question": "Who?"}\n')
    for arguments in (("Who?",), ("Who?", "--json"), ("--batch", "questions.jsonl")):
        result = run("ask", *arguments)
        assert_refused(result, "There is no index in index yet. Build it with: python -m index build")
        assert result.stdout == ""


def test_a_damaged_index_is_one_sentence(built: Path) -> None:
    (built / "index/LIVE").write_text("gone")
    assert_refused(run("ask", "Who?"), "cannot be used", "Rebuild it with: python -m index build")


# ask --batch


def batch(folder: Path, *records: object) -> str:
    path = folder / "questions.jsonl"
    path.write_text("".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records), "utf-8")
    return str(path)


def test_a_batch_gives_one_line_each_in_order_with_the_ids_it_came_with(built: Path) -> None:
    ids = ["b", "a", 7, None, 1.5, "é\u2028", "\ud800", ["nested", {"id": 0}]]
    answers = lines(run("ask", "--batch", batch(built, *({"id": i, "question": ANSWERED} for i in ids))))
    assert [answer["id"] for answer in answers] == ids
    assert all(list(answer) == FIELDS for answer in answers)
    assert all(answer["answerable"] for answer in answers)


def test_a_batch_answers_as_single_questions_are(built: Path) -> None:
    questions = [ANSWERED, REFUSED, "", "soup " * 1500, "Is the bakery closed?"]
    path = batch(built, *({"id": n, "question": q} for n, q in enumerate(questions)))
    for flags in ((), ("--k", "1"), ("--always-quote", "--k", "5")):
        answers = lines(run("ask", "--batch", path, *flags))
        for question, answer in zip(questions, answers, strict=True):
            if question:
                alone = one(run("ask", question, "--json", *flags))
                for name in ("answerable", "confidence", "quotes", "closest"):
                    assert answer[name] == alone[name]


def test_each_line_of_a_batch_may_say_when_it_was_asked(built: Path) -> None:
    question = {"question": "What did the ferry do in the past week?"}
    path = batch(
        built,
        {"id": 1, "asked_at": "2016-07-20T12:00:00+02:00", **question},
        {"id": 2, "asked_at": None, **question},
        {"id": 3, "asked_at": "2016-07-20", **question},
    )
    answers = lines(run("ask", "--batch", path, "--asked-at", "2019-11-06", "--always-quote"))
    first = [answer["quotes"][0]["article"]["id"] for answer in answers]
    assert first == ["ferry-2016", "ferry-2019", "ferry-2016"]


def test_a_batch_may_come_from_standard_input_with_blank_lines_and_a_mark_of_its_encoding(built: Path) -> None:
    text = '\ufeff{"id": 1, "question": "Zoë?"}\r\n\n  \n{"id": 2, "question": "Who?", "more": "is ignored"}'
    assert [answer["id"] for answer in lines(run("ask", "--batch", "-", stdin=text.encode()))] == [1, 2]


def test_an_empty_batch_answers_nothing(built: Path) -> None:
    assert lines(run("ask", "--batch", batch(built))) == []


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "5",
        "null",
        '["id", "question"]',
        '{"id": 1}',
        '{"question": "Who?"}',
        '{"id": 1, "question": null}',
        '{"id": 1, "question": ["Who?"]}',
        '{"id": 1, "question": "Who?", "asked_at": "soon"}',
        '{"id": 1, "question": "Who?", "asked_at": 2016}',
    ],
)
def test_a_bad_line_of_a_batch_is_named_and_what_came_before_is_answered(built: Path, bad: str) -> None:
    path = batch(built, {"id": "good", "question": "Who?"}, "", bad, {"id": "later", "question": "Who?"})
    result = run("ask", "--batch", path)
    assert_refused(result, "--batch", "questions.jsonl, line 3")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["good"]


def test_a_line_that_is_not_utf_8_is_named(built: Path) -> None:
    (built / "latin.jsonl").write_bytes('{"id": 1, "question": "café"}\n'.encode("latin-1"))
    assert_refused(run("ask", "--batch", "latin.jsonl"), "latin.jsonl, line 1")


@pytest.mark.parametrize("name", ["absent.jsonl", "index"])
def test_a_batch_file_that_cannot_be_read_is_named(built: Path, name: str) -> None:
    assert_refused(run("ask", "--batch", name), f"--batch: {name} cannot be read")


# evaluate


@pytest.fixture
def queries(here: Path) -> str:
    """Labelled questions: two that the articles answer, one that they do not."""
    relevant = [{"article_id": "ferry-2016"}]
    records = [
        {"id": 1, "question": ANSWERED, "answers": ["forty dogs"], "answerable": True, "relevant": relevant},
        {"id": 2, "question": "When does the chess club meet?", "answers": ["Tuesdays"], "answerable": True,
         "relevant": [{"article_id": "chess"}]},
        {"id": 3, "question": REFUSED, "answers": [], "answerable": False, "relevant": []},
    ]  # fmt: skip
    return batch(here, *records)


def test_evaluate_json_gives_the_figures(built: Path, queries: str) -> None:
    found = one(run("evaluate", "--queries", queries, "--json"))
    assert (found["questions"], found["answerable"]) == (3, 2)
    assert found["article@1"] == found["first quote"] == found["AUROC"] == found["answered"] == found["refused"] == 1
    assert "AUROC left out" not in found


def test_evaluate_can_hide_the_articles_that_answer_and_stop_early(built: Path, queries: str) -> None:
    assert one(run("evaluate", "--queries", queries, "--leave-out", "--json"))["AUROC left out"] == 1
    assert one(run("evaluate", "--queries", queries, "--limit", "1", "--json"))["questions"] == 1


def test_evaluate_with_articles_builds_the_index_first(here: Path, queries: str) -> None:
    assert_refused(run("evaluate", "--queries", queries), "There is no index")
    assert one(run("evaluate", "--queries", queries, "--articles", "articles", "--json"))["article@1"] == 1
    assert (here / "index/LIVE").is_file()


def test_evaluate_prints_a_table_for_a_person(built: Path, queries: str) -> None:
    result = run("evaluate", "--queries", queries)
    assert re.search(r"^\s*article@1 +1\.000\s*$", result.stdout, re.M)
    assert re.search(r"^\s*questions +3\s*$", result.stdout, re.M)


def test_evaluate_names_a_bad_line(built: Path) -> None:
    assert_refused(run("evaluate", "--queries", batch(built, "{}")), "line 1, is not a labelled question")


# calibrate


def calibrate(queries: str, *more: str) -> Result:
    return run("calibrate", "--queries", queries, "--out", "out.json", "--threshold", "0.6", *more)


def test_calibrate_writes_coefficients_and_prints_how_reliable_they_are(built: Path, queries: str) -> None:
    result = calibrate(queries, "--queries", queries, "--confidence-only")
    assert result.exit_code == 0, result.output
    [fitted] = json.loads((built / "out.json").read_text()).values()
    assert fitted["threshold"] == 0.6
    assert fitted["ranking"] == {"dense": 1.0, "coverage": 1.0, "focus": 1.0, "time": 3.0}
    assert {"intercept", "coverage"} <= set(fitted["confidence"])


def test_calibrate_takes_one_index_for_all_sets_or_one_each(built: Path, queries: str) -> None:
    assert calibrate(queries, "--queries", queries, "--index", "index", "--index", "index").exit_code == 0
    assert_refused(calibrate(queries, "--index", "index", "--index", "index"), "2 folders for 1 sets")


def test_calibrate_refuses_questions_that_nothing_answers(built: Path) -> None:
    unanswerable = batch(built, {"id": 1, "question": REFUSED, "answers": [], "answerable": False, "relevant": []})
    assert_refused(calibrate(unanswerable), "no question of", "is answered by this index")


# the process itself


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, Any]:
    return {"cwd": tmp_path, "env": os.environ | {"PYTHONPATH": str(ROOT)}, "capture_output": True, "text": True}


def test_the_module_runs_as_a_program_and_explains_itself(nowhere: dict[str, Any]) -> None:
    done = subprocess.run([sys.executable, "-m", "index", "--help"], **nowhere)
    assert done.returncode == 0
    for command in ("build", "ask", "evaluate"):
        assert command in done.stdout


def test_an_error_is_one_line_on_standard_error_and_exit_code_1(nowhere: dict[str, Any]) -> None:
    done = subprocess.run([sys.executable, "-m", "index", "ask", "Who?", "--json"], **nowhere)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (f"There is no index in {Path('data/index')} yet. Build it with: python -m index build\n")
