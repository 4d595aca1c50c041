"""The repository itself: what must not be in it, and what must."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:  # an unpacked archive is no repository
        return [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_lock_file_and_no_large_file_is_committed():
    """Lock files record download addresses; large files make a clone slow."""
    for name in tracked():
        assert Path(name).name not in {"uv.lock", "pylock.toml", "package-lock.json"}
        assert (ROOT / name).stat().st_size <= 1_000_000, name


def test_requirements_are_versions_only():
    """Pins serve every registry: a name and a version, no address and no hash."""
    lines = (ROOT / "requirements.txt").read_text().split("\n")
    assert len(lines) > 50
    for line in filter(None, lines):
        assert re.fullmatch(r"[A-Za-z0-9_.\-]+==[A-Za-z0-9_.+!]+", line), line


def test_every_dependency_is_pinned():
    """What pyproject.toml asks for has a pin, so that two machines run the same."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = {re.split(r"[\[<>=!~ ]", d)[0].lower().replace("_", "-") for d in asked} - {"cocreate-teach"}
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "requirements.txt").read_text().split()}
    assert names <= pinned


def test_what_students_import_stays_light():
    """The core runs on Binder, Colab and JupyterLite; everything else is an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    core = {re.split(r"[<>=]", d)[0] for d in project["dependencies"]}
    assert core == {"numpy", "scipy", "pandas", "seaborn", "ipywidgets", "anywidget"}


DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "DECISIONS.md",
    *(str(p.relative_to(ROOT)) for p in sorted((ROOT / "docs").rglob("*.md"))),
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_in_the_documents_lead_somewhere(name):
    """Links to files of the repository are alive."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("http:", "https:")):
            assert ((ROOT / name).parent / target).exists(), target


def test_the_pictures_of_the_documents_are_what_the_package_draws():
    """A picture in the README shows the explorer as it is, and its words agree with its numbers."""
    import runpy

    folder = ROOT / "docs" / "pictures"
    drawn = runpy.run_path(str(folder / "draw.py"))["pictures"]()
    sheets = {"explorers_light.png", "explorers_dark.png"}  # screenshots: python -m tests.browser.contact_sheet
    assert {path.name for path in folder.glob("*.png")} == set(drawn) | sheets
    for name, png in drawn.items():
        assert (folder / name).read_bytes() == png, f"{name} is old; run: python docs/pictures/draw.py"
    assert "gets back 0.75, puts in 1.00" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_versions_agree():
    """Package, project and citation name one version."""
    from cocreate_teach import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text()


def test_the_binder_files_are_those_that_binder_reads():
    """repo2docker: one of the two folder names, a runtime of its form, a script with LF that may run."""
    assert not (ROOT / "binder").exists()
    binder = ROOT / ".binder"
    assert re.fullmatch(r"python-3\.\d+\n", (binder / "runtime.txt").read_text())
    assert ".[lab]" in (binder / "requirements.txt").read_text()
    script = binder / "postBuild"
    assert script.stat().st_mode & 0o100
    assert b"\r" not in script.read_bytes()


def test_no_notebook_names_a_machine():
    """Paths of whoever ran a notebook do not belong in it."""
    for name in tracked():
        if name.endswith(".ipynb"):
            text = json.dumps(json.loads((ROOT / name).read_text(encoding="utf-8")))
            assert str(ROOT) not in text
            assert str(Path.home()) + "/" not in text
