"""The documents: generated parts are up to date, links lead somewhere, every equation is described and tested."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from wbsim.documents import parameters as parameter_tables
from wbsim.documents.__main__ import main
from wbsim.documents.comments import fields_with_comments
from wbsim.documents.markdown import table
from wbsim.documents.markers import fill
from wbsim.documents.meanings import meaning
from wbsim.documents.write import DOCUMENTS
from wbsim.errors import InputError
from wbsim.model.environment import Effects, Environment, Seen
from wbsim.model.schedule import SCHEDULE
from wbsim.tables.events import historical_events
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

ROOT = Path(__file__).resolve().parents[2]
TAGS = (
    *(f"C{n}" for n in range(1, 6)),
    *(f"G{n}" for n in range(1, 5)),
    *(f"X{n}" for n in range(1, 4)),
    *(f"E{n}" for n in range(1, 4)),
    *(f"M{n}" for n in range(1, 6)),
)
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
)  # fmt: skip
MARKDOWN = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("calibration/*.md"),
        *ROOT.glob("benchmarks/*.md"),
    ]
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tags_in(text: str) -> set[str]:
    """Tags named in `text`; a range such as "G1 to G4", "C1-C5" or "G1–G4" names all between."""
    found = set(re.findall(r"\b([CGXEM][1-5])\b", text))
    for letter, first, last in re.findall(r"\b([CGXEM])([1-5])(?: to |-|–)\1?([1-5])\b", text):
        found |= {f"{letter}{n}" for n in range(int(first), int(last) + 1)}
    return found


def docstrings(folder: str) -> str:
    """All docstrings of the Python files under `folder`."""
    parts: list[str] = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        documented = (node for node in nodes if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)))
        parts += [ast.get_docstring(node) or "" for node in documented]
    return "\n".join(parts)


def test_generated_parts_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_document_that_is_out_of_date_is_named_and_repaired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in DOCUMENTS:
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(read(name), encoding="utf-8")
    stale = tmp_path / "docs/outcomes.md"
    stale.write_text(
        read("docs/outcomes.md").replace("Cooperation index", "Something else"), encoding="utf-8"
    )

    assert main(["--check", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "docs/outcomes.md: out of date: run `make docs`\n"
    assert main(["--root", str(tmp_path)]) == 0
    assert stale.read_text(encoding="utf-8") == read("docs/outcomes.md")


def test_without_documents_it_says_where_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path)]) == 2
    assert "docs/model.md" in (error := capsys.readouterr().err)
    assert "run this in a checkout" in error


def test_a_section_is_written_between_its_markers_and_the_text_around_stays() -> None:
    text = "before\n<!-- generated: a -->\nold\n<!-- end -->\nafter\n"

    new = fill(text, {"a": "new"}, "x.md")

    assert new == "before\n<!-- generated: a -->\n\nnew\n\n<!-- end -->\nafter\n"
    assert fill(new, {"a": "new"}, "x.md") == new


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'x.md: no marker for section "a"'),
        ("<!-- generated: a -->", '"a" is not closed (add <!-- end -->)'),
        ("<!-- end -->\n<!-- generated: a -->\n<!-- end -->", "x.md:1: an end without a beginning"),
        ("<!-- generated: b -->\n<!-- end -->", 'section "b" is none of: a'),
        ("<!-- generated: a -->\n<!-- end -->\n" * 2, 'x.md:3: section "a" stands there twice'),
    ],
)
def test_wrong_markers_are_named(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        fill(text, {"a": "new"}, "x.md")
    assert message in str(caught.value)


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    assert table(("a", "b"), [("x|y", "two\nlines")]).splitlines()[-1] == "| x\\|y | two lines |"
    with pytest.raises(ValueError, match="1 cells under 2 heads"):
        table(("a", "b"), [("alone",)])


@dataclass
class Uncommented:
    known: int  # (R,) with a comment
    unknown: int


def test_a_field_without_its_shape_is_refused() -> None:
    assert fields_with_comments(Seen)[0].shape == "(R, 6, D)"
    with pytest.raises(ValueError, match=r"Uncommented\.unknown has no comment"):
        fields_with_comments(Uncommented)


def test_a_variable_without_meaning_says_where_to_write_it() -> None:
    with pytest.raises(InputError, match=r"no meaning for Forum\.mood: write one into MEANINGS"):
        meaning("Forum", "mood")


def test_every_record_is_in_the_tables() -> None:
    assert all(f"| `{name}` " in read("docs/parameters.md") for name in PARAMETERS)
    assert all(f"`{name}`" in read("docs/outcomes.md") for name in OUTCOMES)
    assert all(f"(`{name}`)" in read("docs/mechanisms.md") for name in MECHANISMS)
    assert all(
        f"| `{lever.name}` |" in read("docs/mechanisms.md")
        for record in MECHANISMS.values()
        for lever in record.levers
    )
    assert all(f"| {event.identifier} |" in read("docs/events.md") for event in historical_events())
    model = read("docs/model.md")
    assert all(f"`{stage.method}`" in model for stage in SCHEDULE)
    assert all(f"`{choice}`" in model for variant in VARIANTS.values() for choice in variant.choices)
    assert all(
        f"`{choice}` | {weight:g} |" in model
        for structure in STRUCTURES.values()
        for choice, weight in zip(structure.choices, structure.weights, strict=True)
    )
    for kind in (Environment, Seen, Effects):
        assert all(f"| `{item.name}` | {item.shape} |" in model for item in fields_with_comments(kind))


def test_a_parameter_that_no_rule_reads_would_be_shown() -> None:
    assert parameter_tables.read_by_model() <= PARAMETERS.keys()
    assert "loss_weight" in parameter_tables.read_by_model()
    unread = PARAMETERS.keys() - parameter_tables.read_by_model()
    assert all(f"`{name}`" in parameter_tables.parameter_counts() for name in unread)


@pytest.mark.parametrize("tag", TAGS)
def test_every_equation_has_its_section_its_code_and_its_test(tag: str) -> None:
    section = re.search(rf"^### {tag} .*?(?=^##)", read("docs/model.md"), re.MULTILINE | re.DOTALL)
    assert section is not None
    assert "*Evidence.*" in section[0]
    assert tag in tags_in(docstrings("src/wbsim/model"))
    names = " ".join(path.stem for path in (ROOT / "tests").rglob("test_*.py"))
    assert tag in tags_in(docstrings("tests/model") + names)


def test_a_range_of_tags_names_all_of_them() -> None:
    assert tags_in("rules (G1 to G3), C4-C5") == {"G1", "G2", "G3", "C4", "C5"}
    assert tags_in("G10, MC1x") == set()


def test_the_model_is_described_in_the_order_of_the_odd_protocol() -> None:
    model = read("docs/model.md")

    headings = re.findall(r"^## (\d) (.+)$", model, re.MULTILINE)

    assert [text for _, text in headings] == [
        "Purpose and patterns",
        "Entities, state variables and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialization",
        "Input data",
        "Submodels",
    ]
    concepts = re.findall(
        r"^\*\*([A-Z][a-z ]+)\.\*\*", model[model.index("## 4") : model.index("## 5")], re.MULTILINE
    )
    assert tuple(concepts) == CONCEPTS


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_and_headings_that_exist(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target


def anchors(text: str) -> set[str]:
    """Anchors of the headings, as common hosts of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_limits_name_what_would_change_every_assumed_parameter() -> None:
    limits = " ".join(read("docs/limits.md").split())
    for parameter in PARAMETERS.values():
        assert parameter.would_change in limits
        assert f"`{parameter.name}`" in limits
