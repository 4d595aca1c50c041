"""Put lessons and exercises into the wheel with each picture once, and the page of all explorers without any."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GALLERY = "09_explorers.ipynb"  # explorers are there to be moved: its saved pictures are for readers of the repository


class SmallNotebooks(BuildHookInterface):  # type: ignore[type-arg]
    """GitHub and nbviewer may need the PNG beside the HTML; where the package is installed, the HTML shows."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write smaller copies, and let the wheel take them."""
        self.copies = Path(tempfile.mkdtemp(prefix="cocreate-notebooks-"))
        root = Path(self.root)
        for path in (*sorted(root.glob("notebooks/*.ipynb")), *sorted(root.glob("exercises/*/exercise.ipynb"))):
            inside = path.relative_to(root)
            notebook = json.loads(path.read_text(encoding="utf-8"))
            for cell in notebook["cells"]:
                if path.name == GALLERY and cell["cell_type"] == "code":
                    cell.update(outputs=[], execution_count=None)
                for output in cell.get("outputs", ()):
                    data = output.get("data", {})
                    if "<img" in "".join(data.get("text/html", "")):
                        data.pop("image/png", None)
            copy = self.copies / "-".join(inside.parts)
            copy.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            build_data["force_include"][str(copy)] = f"cocreate_teach/_data/{inside.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the copies."""
        shutil.rmtree(self.copies, ignore_errors=True)
