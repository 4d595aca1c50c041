"""What an explorer shows now, as plain data to keep."""

from io import BytesIO
from typing import Final

from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets import canvas_file
from cocreate_teach.widgets.canvas_board import Result
from cocreate_teach.widgets.explorer import Explorer

_SHRINK: Final = 2


def snapshot(explorer: Explorer, box: str, remark: str = "") -> Result:
    """Return what an explorer shows now.

    Raises
    ------
    ParameterError
        If the picture is not the one of the present values, or a text is too long to keep.
    """
    if not isinstance(explorer, Explorer):
        raise ParameterError(
            f"the canvas was given a {type(explorer).__name__}; it keeps results of explorers: add widgets.value()"
        )
    with explorer._lock:  # no change between the picture and its texts
        state = explorer.state
        if state["fault"] or state["waiting"] or explorer.running:
            why = state["fault"] or state["waiting"] or "it is computing."
            raise ParameterError(
                f"the explorer “{explorer.spec['title']}” has no picture of its present values ({why.rstrip('.')}); "
                "put that right, or wait, then add it"
            )
        still = explorer.picture()
        result = Result(
            box=box,
            remark=remark,
            title=explorer.spec["title"],
            headline=explorer.headline,
            key_numbers=tuple((label, text) for label, text in explorer.key_numbers.items()),
            settings=tuple(explorer.moved.items()),
            note=explorer.note,
            assumption=explorer.spec["assumption"],
            alt=still.alt,
            png=smaller(still.png),
        )
    faults = list(canvas_file.result_faults(result))
    if faults:
        raise ParameterError([f"the explorer “{result.title}” cannot be kept: {fault}" for fault in faults])
    return result


def smaller(png: bytes) -> bytes:
    """Return a picture that a canvas may hold: itself, or the same with fewer pixels."""
    if len(png) <= canvas_file.PICTURE:
        return png
    from PIL import Image

    picture = Image.open(BytesIO(png)).convert("RGB")
    while len(png) > canvas_file.PICTURE:
        picture = picture.resize((picture.width // _SHRINK, picture.height // _SHRINK))
        small = BytesIO()
        picture.quantize(256).save(small, format="png", optimize=True)
        png = small.getvalue()
    return png
