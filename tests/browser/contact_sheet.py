"""Every explorer on one sheet, on a desktop and on a phone, in light and dark: docs/pictures/explorers_*.png.

Run it with ``python -m tests.browser.contact_sheet``. All explorers stand on one page of Voila for each theme; what is
seen is what Chromium paints. ``python -m tests.browser.contact_sheet FOLDER`` also leaves each picture in full size.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, sync_playwright

from cocreate_teach import widgets
from tests.browser.servers import FLAGS, Server, find_chromium, serve

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
THEMES = {"light": ("#ffffff", "#262626"), "dark": ("#111111", "#e6e6e6")}
SIZES = {"desktop": (1280, 1200), "phone": (375, 2600)}  # higher than any explorer: what is outside is not painted
SCALE, GAP, TITLE = 0.5, 16, 26
ACROSS = {"desktop": 3, "phone": 10}
COLOURS = 64
Shots = dict[tuple[str, str], Image.Image]


def shots(browser: Browser, server: Server) -> Shots:
    """Take a picture of each explorer in each size."""
    server.write("all", *(f"from cocreate_teach import widgets\nwidgets.{name}()" for name in widgets.__all__))
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{server.address}/voila/render/all.ipynb", timeout=300_000)
    sections = page.locator("section.cc")
    sections.nth(len(widgets.__all__) - 1).wait_for(timeout=300_000)
    found = {}
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(2000)
        for name, section in zip(widgets.__all__, sections.all(), strict=True):
            found[name, size] = Image.open(BytesIO(section.screenshot())).convert("RGB")
    page.close()
    return found


def sheet(found: Shots, theme: str) -> Image.Image:
    """Lay the pictures out in rows: first all desktops, then all phones."""
    page, ink = THEMES[theme]
    font = ImageFont.load_default(18)
    tiles = []  # left, top, name, picture
    top = 0
    for size, across in ACROSS.items():
        shrunk = [(name, image.reduce(round(1 / SCALE))) for (name, kind), image in found.items() if kind == size]
        for start in range(0, len(shrunk), across):
            row = shrunk[start : start + across]
            tiles += [(GAP + place * (image.width + GAP), top, name, image) for place, (name, image) in enumerate(row)]
            top += TITLE + max(image.height for _, image in row) + GAP
    whole = Image.new("RGB", (max(left + image.width for left, _, _, image in tiles) + GAP, top), page)
    pen = ImageDraw.Draw(whole)
    for left, above, name, image in tiles:
        pen.text((left, above + 4), name, fill=ink, font=font)
        whole.paste(image, (left, above + TITLE))
    return whole


def main() -> None:
    """Write one sheet a theme."""
    path = find_chromium()
    if path is None:
        sys.exit("the contact sheet needs Chromium: install the package chromium")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for theme in THEMES:
            with serve("voila", Path(home) / theme, theme) as server:
                found = shots(browser, server)
            for (name, size), image in found.items():
                for folder in sys.argv[1:]:
                    image.save(Path(folder) / f"{name}_{size}_{theme}.png")
            file = FOLDER / f"explorers_{theme}.png"
            sheet(found, theme).quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
            print(f"{file}: {file.stat().st_size / 1e3:.0f} kB", flush=True)  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
