"""The pictures in the README, from a running demo: ``python -m tests.browser.screenshots [http://localhost:8000]``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PAGES = {"front": "/karasjok/", "results": "/oslo/sok?q=undset", "work": "/oslo/sok?q=et+dukkehjem&form=book"}
SIZES = {360: 760, 1280: 860}


def main() -> None:
    site = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for width, height in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for name, path in PAGES.items():
                page.goto(site + path)
                if name == "work":
                    page.locator(".hit h2 a").first.click()
                    page.wait_for_load_state("networkidle")
                page.wait_for_timeout(300)
                page.screenshot(path=str(FOLDER / f"{name}-{width}.png"))
                sys.stdout.write(f"{FOLDER / name}-{width}.png\n")
        browser.close()


if __name__ == "__main__":
    main()
