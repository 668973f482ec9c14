"""`wbsim compare`: the table, the object for scripts, exit codes."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.calibration.prior_draws import prior_draws
from tests.experiments import fake_model, fake_structures
from wbsim.chance.fitted import write
from wbsim.cli.app import main
from wbsim.experiments import execute
from wbsim.experiments.work import model_reference
from wbsim.tables.parameters import calibrated_table

ROOT = Path(__file__).parents[2]
SMALL = ["--worlds", "2", "--years", "1", "--citizens", "40", "--workers", "1"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, fake_model.simulate)


@pytest.fixture
def posterior(tmp_path: Path) -> Path:
    folder = tmp_path / "posterior"
    folder.mkdir()
    write(prior_draws(11), {"table": calibrated_table()}, folder)
    return folder


def use(monkeypatch: pytest.MonkeyPatch, model: object) -> None:
    monkeypatch.setattr(execute, "MODEL", model_reference(model))  # type: ignore[arg-type]


def test_without_arguments_the_four_bundled_scenarios_are_compared(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", *SMALL, "--json"]) == 0

    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert summary["baseline"] == "status-quo"
    assert list(summary["outcomes"]["cooperation"]["policies"]) == ["forum", "iisg-results", "both"]
    assert "Simulating 4 scenarios in 2 worlds from seed 1" in printed.err
    assert "status-quo: " in printed.err


@pytest.mark.usefixtures("fake")
def test_the_table_is_followed_by_the_paths_and_the_hash(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "status-quo", "forum", *SMALL, "--out", "mine"]) == 0

    printed = capsys.readouterr().out
    assert "Cooperation index" in printed
    report, results, digest = printed.splitlines()[-3:]
    assert Path(report.removeprefix("report: ")).is_file()
    assert Path(results.removeprefix("results: ")) == Path.cwd() / "mine"
    assert (
        digest.removeprefix("results_sha256: ")
        == json.loads(Path("mine/summary.json").read_text())["results_sha256"]
    )


@pytest.mark.usefixtures("fake")
def test_quiet_leaves_only_the_result(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "status-quo", "forum", *SMALL, "--json", "--quiet"]) == 0

    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out)["worlds"] == 2


@pytest.mark.usefixtures("fake")
def test_shares_of_worlds_are_printed_on_demand(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "status-quo", "forum", *SMALL, "--shares"]) == 0

    assert "Shares of worlds" in capsys.readouterr().out


def test_effects_by_structure_are_told_in_a_sentence_and_on_demand_in_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    use(monkeypatch, fake_structures.simulate)
    words = ["compare", "status-quo", "forum", *SMALL, "--worlds", "200", "--quiet"]
    assert main(words) == 0
    plain = " ".join(capsys.readouterr().out.split())
    assert "Under forum, where the forum opens a growing channel, the cooperation index rises by 0." in plain
    assert "Change under forum by structure" not in plain

    assert main([*words, "--structures"]) == 0
    printed = capsys.readouterr().out
    assert "Change under forum by structure, 200 worlds" in printed
    assert all(len(line) <= 100 for line in printed.splitlines() if "results" not in line)

    assert main([*words, "--json", "--under", "forum_channel=none", "--under", "forum_channel=grows"]) == 0
    none, grows = json.loads(capsys.readouterr().out)["sets"]
    assert none["outcomes"]["cooperation"]["policies"]["forum"]["mean"] == 0.0
    assert grows["outcomes"]["cooperation"]["policies"]["forum"]["mean"] == pytest.approx(0.1, abs=0.01)
    assert grows["structures"]["fixed"] == {"forum_channel": "grows"}


@pytest.mark.usefixtures("fake")
def test_the_decision_panel_is_printed_on_demand(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "status-quo", "forum", *SMALL, "--panel"]) == 0

    text = capsys.readouterr().out
    assert "Decision panel" in text and "Pareto front" in text
    assert max(len(line.rstrip()) for line in text.splitlines() if "/" not in line) <= 100


def test_it_simulates_until_the_error_is_small_and_a_plain_run_gives_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    use(monkeypatch, fake_model.noisy)
    command = ["compare", "status-quo", "forum", *SMALL, "--worlds", "160", "--until", "cooperation=1"]
    assert main([*command, "--out", "mine"]) == 0

    printed = capsys.readouterr()
    assert "in at most 160 worlds" in printed.err and "looked at after 100, 150, 160 worlds" in printed.err
    text = " ".join(printed.out.split())
    assert "Stopped after 150 worlds of at most 160: the errors asked for are reached." in text
    words = shlex.split(json.loads(Path("mine/record.json").read_text())["command"])
    assert main([*words[1:], "--json", "--quiet"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["worlds"], again["results_sha256"]) == (150, printed.out.split()[-1])


@pytest.mark.usefixtures("fake")
def test_goals_that_mean_nothing_are_exit_code_2_all_at_once(capsys: pytest.CaptureFixture[str]):
    wrong = ["--until", "cooperaton=1", "--until", "money=0", "--until", "staff=few"]
    assert main(["compare", *SMALL, *wrong]) == 2

    errors = capsys.readouterr().err
    for said in ('did you mean "cooperation"?', "must be a number above 0", 'it is "staff=few"'):
        assert said in errors
    assert not Path("wbsim-results").exists()


@pytest.mark.usefixtures("fake")
def test_extra_runs_are_announced_printed_and_kept(capsys: pytest.CaptureFixture[str]):
    command = ["compare", "status-quo", "forum", *SMALL, "--channels", "--robustness", "--worlds-each", "1"]
    assert main([*command, "--out", "mine"]) == 0
    printed = capsys.readouterr()
    assert "Channels: 1 division, 33 runs in 1 world each, probably about" in printed.err
    robustness = re.search(
        r"Robustness: (\d+) settings, 9 of them in two courses.*?(\d+) runs", printed.err, re.DOTALL
    )
    assert robustness is not None
    # Alternatives to the bundled posterior are settings, too; each setting has two scenarios.
    assert int(robustness[2]) == 2 * (int(robustness[1]) + 9) >= 38
    assert "Which channel did it: forum (1 world" in printed.out
    assert "Does it hold: forum" in printed.out
    assert {"channels.json", "robustness.json"} <= {file.name for file in Path("mine").iterdir()}

    assert main([*command, "--json", "--quiet"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["channels"] == json.loads(Path("mine/channels.json").read_text())
    assert summary["robustness"] == json.loads(Path("mine/robustness.json").read_text())


@pytest.mark.usefixtures("fake")
def test_extra_runs_that_make_no_sense_are_refused_at_once(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "status-quo", *SMALL, "--channels", "--robustness", "--out", "mine"]) == 2
    said = capsys.readouterr().err
    assert "--channels" in said and "--robustness" in said
    assert main(["compare", "status-quo", "forum", *SMALL, "--worlds-each", "0"]) == 2
    said = capsys.readouterr().err
    assert "must be a whole number between 1 and" in said and "none are asked for" in said
    assert not Path("mine").exists()


@pytest.mark.usefixtures("fake")
def test_prior_and_posterior_are_laid_side_by_side(capsys: pytest.CaptureFixture[str]):
    command = ["compare", "status-quo", "forum", *SMALL, "--under", "prior", "--under", "posterior"]
    assert main(command) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "under the prior" in text and "under the posterior" in text
    assert "the surveys did not decide it" in text

    assert main([*command, "--json", "--quiet"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert [each["assumptions"] for each in summary["sets"]] == ["prior", "posterior"]
    assert summary["rankings"]["cooperation"]["prior"][0] == "forum"


def test_the_posterior_changes_what_is_simulated_and_its_command_does_it_again(
    posterior: Path, capsys: pytest.CaptureFixture[str]
):
    def hash_of(*words: str) -> str:
        assert main([*words, "--json", "--quiet"]) == 0
        digest: str = json.loads(capsys.readouterr().out)["results_sha256"]
        return digest

    mine = hash_of("compare", "status-quo", "forum", *SMALL, "--posterior", str(posterior), "--out", "mine")
    assert mine != hash_of("compare", "status-quo", "forum", *SMALL)
    words = shlex.split(json.loads(Path("mine/record.json").read_text())["command"])
    assert hash_of(*words[1:], "--workers", "2", "--block", "1") == mine


def test_a_posterior_that_does_not_fit_is_exit_code_2(posterior: Path, capsys: pytest.CaptureFixture[str]):
    record = posterior / "posterior.json"
    record.write_text(record.read_text().replace("news_reaction", "olds_reaction"))
    for words, said in (
        (["--posterior", str(posterior)], "news_reaction is new; olds_reaction is gone"),
        (["--posterior", "none"], "no such posterior: none"),
        (["--under", "piror"], 'did you mean "prior"?'),
    ):
        assert main(["compare", *SMALL, *words]) == 2
        printed = capsys.readouterr()
        assert said in printed.err and "Traceback" not in printed.err
        assert not Path("wbsim-results").exists()


def test_draws_that_are_broken_are_exit_code_2_in_whatever_process_reads_them(
    posterior: Path, capsys: pytest.CaptureFixture[str]
):
    draws = posterior / "posterior.npz"
    draws.write_bytes(draws.read_bytes()[:1000])
    for workers in ("1", "2"):
        command = ["compare", *SMALL, "--posterior", str(posterior), "--workers", workers, "--block", "1"]
        assert main(command) == 2
        printed = capsys.readouterr()
        assert "cannot be read as draws of a posterior" in printed.err and "Traceback" not in printed.err


@pytest.mark.usefixtures("fake")
def test_any_scenario_can_be_the_baseline(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "status-quo", "forum", *SMALL, "--baseline", "forum", "--json"]) == 0

    summary = json.loads(capsys.readouterr().out)
    assert summary["baseline"] == "forum"
    assert list(summary["outcomes"]["cooperation"]["policies"]) == ["status-quo"]


def test_failed_worlds_are_exit_code_3_with_the_figures_of_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    use(monkeypatch, fake_model.world_3_is_not_finite)

    assert main(["compare", "status-quo", "forum", *SMALL, "--worlds", "5", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["failed_worlds"] == 1


@pytest.mark.usefixtures("fake")
def test_an_existing_folder_is_exit_code_2(capsys: pytest.CaptureFixture[str]):
    Path("mine").mkdir()

    assert main(["compare", *SMALL, "--out", "mine"]) == 2
    assert "never overwritten" in capsys.readouterr().err


def test_bad_input_is_exit_code_2_and_with_json_an_object(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "status-quo", "fourm", "bothh", *SMALL, "--json"]) == 2

    printed = capsys.readouterr()
    errors = json.loads(printed.out)["error"]["errors"]
    assert [error["suggestion"] for error in errors] == ['did you mean "forum"?', 'did you mean "both"?']


def test_worlds_seed_and_workers_out_of_range_are_exit_code_2(capsys: pytest.CaptureFixture[str]):
    assert main(["compare", "--worlds", "-5"]) == 2
    assert main(["compare", "--workers", "0"]) == 2
    assert main(["compare", "--seed", "-1"]) == 2
    assert "-5" in capsys.readouterr().err


def test_the_replay_command_of_a_failed_world_replays_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    use(monkeypatch, fake_model.world_3_is_not_finite)
    assert main(["compare", "status-quo", "forum", *SMALL, "--worlds", "5", "--out", "mine", "--quiet"]) == 3
    (failed,) = json.loads(Path("mine/record.json").read_text())["sets"][0]["failed"]
    capsys.readouterr()

    assert main([*failed["replay"].split()[1:], "--json", "--quiet"]) == 3
    summary = json.loads(capsys.readouterr().out)
    assert (summary["worlds"], summary["failed_worlds"]) == (1, 1)


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_an_interrupt_is_exit_code_130_and_leaves_nothing(tmp_path: Path):
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in a background job
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.experiments import fake_model\n"
        "from wbsim.cli.app import main\n"
        "from wbsim.experiments import execute\n"
        "execute.MODEL = 'tests.experiments.fake_model:endless'\n"
        "sys.exit(main(['compare', '--worlds', '4', '--block', '1', '--workers', '2', '--out', 'mine']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".partial-mine-*/*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)

    assert process.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []


def test_a_third_partys_mechanism_runs_in_worker_processes_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    plugin = ROOT / "tests" / "model" / "plugin_observers.py"
    file = tmp_path / "observed.toml"
    file.write_text('extends = "status-quo"\nname = "observed"\n[[policy]]\nmechanism = "observers"\n')
    small = ["--worlds", "2", "--block", "1", "--years", "1", "--citizens", "40", "--json", "--quiet"]
    hashes = set()
    for workers in ("1", "2"):
        command = ["compare", "status-quo", str(file), "--plugin", str(plugin), "--workers", workers, *small]
        assert main(command) == 0
        hashes.add(json.loads(capsys.readouterr().out)["results_sha256"])

    assert len(hashes) == 1
