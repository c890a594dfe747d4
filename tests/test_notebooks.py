"""The notebooks: stored as if never run, thin, introduced, and run without leaving a trace."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbclient
import nbformat
import pytest

from evenground.content import words

WORKBOOK = Path(__file__).parents[1] / "workbook"
NOTEBOOKS = sorted(WORKBOOK.glob("*.ipynb"))
PARTS = ["00_start", "01_acknowledge", "02_listen", "03_amends", "04_review"]

# What a notebook's cells call; each imports the one that it is for, and nothing else.
IMPORT = re.compile(r"^from evenground import (?:steps|group|scratch)\n?")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
THICK = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.If,
    ast.IfExp,
    ast.For,
    ast.While,
    ast.Try,
    ast.With,
    ast.comprehension,
    ast.Import,
    ast.ImportFrom,
)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    """Return each notebook of the workbook in turn."""
    return request.param


@pytest.fixture
def notebook(path: Path) -> nbformat.NotebookNode:
    """Return the notebook as it is stored."""
    return nbformat.read(path, as_version=4)


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def run(path: Path) -> nbformat.NotebookNode:
    return nbclient.NotebookClient(
        nbformat.read(path, as_version=4),
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(WORKBOOK)}},
    ).execute()


def troubles(done: nbformat.NotebookNode) -> list[str]:
    """Return what went wrong in a notebook that was run: errors, and steps that did not open."""
    outputs = [output for cell in code(done) for output in cell.outputs]
    shown = str(done.metadata.get("widgets", ""))
    return [
        *(output.evalue for output in outputs if output.output_type == "error"),
        *(text for text in [words("common")["page.trouble"]] if text in shown),
    ]


def kept(home: Path) -> dict[str, bytes]:
    files = (path for path in home.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def test_the_parts_of_the_walk_are_here():
    assert set(PARTS) <= {path.stem for path in NOTEBOOKS}


def test_nothing_but_notebooks_lies_in_the_workbook():
    others = [
        path.name
        for path in WORKBOOK.iterdir()
        if path.suffix != ".ipynb" and path.name not in {".ipynb_checkpoints", ".pytest_cache"}
    ]

    assert others == []


def test_it_is_stored_as_if_never_run(notebook):
    for cell in code(notebook):
        assert cell.outputs == [], cell.id
        assert cell.execution_count is None, cell.id


def test_its_metadata_names_the_kernel_and_no_more(notebook):
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert set(notebook.metadata.kernelspec) <= {"display_name", "language", "name"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info == {"name": "python"}
    assert all(cell.metadata == {} for cell in notebook.cells)


def test_its_cells_have_names_of_their_own(notebook):
    names = [cell.id for cell in notebook.cells]

    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9-]*", name)] == []
    assert len(names) == len(set(names))


def test_it_has_one_title_and_it_comes_first(notebook):
    titles = [
        line
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("# ")
    ]

    assert len(titles) == 1
    assert notebook.cells[0].source.startswith(titles[0])


def test_it_begins_by_importing_what_it_calls_and_imports_nothing_else(notebook):
    assert IMPORT.match(code(notebook)[0].source)


def test_its_code_cells_are_thin(notebook):
    for cell in code(notebook):
        source = IMPORT.sub("", cell.source)
        assert len(cell.source.splitlines()) <= 3, cell.id
        found = [type(node).__name__ for node in ast.walk(ast.parse(source))]
        assert not {kind.__name__ for kind in THICK} & set(found), cell.id


def test_every_code_cell_is_introduced_by_prose(notebook):
    for before, cell in zip([None, *notebook.cells], notebook.cells, strict=False):
        if cell.cell_type == "code":
            assert before is not None, cell.id
            assert before.cell_type == "markdown", cell.id
            assert before.source.strip(), cell.id


def test_it_leads_onward_and_every_link_leads_somewhere(path, notebook):
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    links = [link for text in prose for link in LINK.findall(text)]
    notebooks = [link for link in links if link.endswith(".ipynb")]

    assert notebooks, "no link to another part"
    assert path.name not in notebooks[-1:]
    for link in notebooks:
        assert (WORKBOOK / link).is_file(), link
    for link in links:
        assert not link.startswith(("http:", "//")), link


@pytest.mark.parametrize("part", PARTS)
def test_a_part_says_at_its_top_how_long_it_takes_and_who_reads_it(part):
    cells = nbformat.read(WORKBOOK / f"{part}.ipynb", as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    opening = prose.split("\n## ")[0]

    assert re.search(r"\bAbout (?:an|\d+) (?:hour|minutes)\b", opening)
    assert re.search(r"for both of you|for you, sealed|yours|alone first", opening)


def test_the_page_on_whether_it_is_right_says_what_help_says():
    cells = nbformat.read(WORKBOOK / "00_start.ipynb", as_version=4).cells
    shown = next(cell.source for cell in cells if cell.source.startswith("## Is this right"))
    said = words("help")

    assert shown.startswith(f"## {said['right.heading']}\n")
    assert said["right.before"] in shown
    listed = [line.removeprefix("- ") for line in shown.splitlines() if line.startswith("- ")]
    assert listed == list(said.lines("right.signs"))
    assert said["right.after"].split(".")[0] in shown


def test_opening_it_in_an_empty_home_writes_nothing(path, home):
    done = run(path)

    assert troubles(done) == []
    assert kept(home) == {}


@pytest.mark.parametrize("who", ["a", "b"])
def test_opening_it_again_on_a_full_journal_changes_nothing(path, home, who, monkeypatch):
    from evenground.app import demo

    demo.write(home)
    before = kept(home)
    monkeypatch.setenv("EVENGROUND_WHO", who)

    done = run(path)

    assert troubles(done) == []
    assert before, "the demo wrote nothing"
    assert kept(home) == before
