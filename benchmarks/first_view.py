"""What the first view transfers, by kind: python -m benchmarks.first_view [address]."""

import argparse
import re
import shutil
import sys
from collections import Counter

from benchmarks.own_app import ANSWERED, ARGUMENTS


def transferred(address: str) -> tuple[int, Counter[str], Counter[str]]:
    """Return the bytes of the first document, and bytes and requests of all by kind."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        kinds: dict[str, str] = {}
        size: Counter[str] = Counter()
        count: Counter[str] = Counter()
        document: list[int] = []

        def received(event: dict) -> None:
            kinds[event["requestId"]] = event["type"]

        def finished(event: dict) -> None:
            kind = kinds.get(event["requestId"], "Other")
            size[kind] += int(event["encodedDataLength"])
            count[kind] += 1
            if kind == "Document":
                document.append(int(event["encodedDataLength"]))

        session.on("Network.responseReceived", received)
        session.on("Network.loadingFinished", finished)
        page.goto(address)
        page.wait_for_selector(ANSWERED, timeout=120_000)
        page.wait_for_timeout(4000)  # plotly's script and the examples come after the answer
        browser.close()
    return document[0], size, count


def main() -> int:
    """Print the table; without an address, of an app that is started for it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:7860/")
    address = parser.parse_args().address
    if not re.match(r"https?://127\.0\.0\.1", address):
        print("Only an app on this computer is measured.")
        return 2
    first, size, count = transferred(address)
    print(f"first document {first / 1000:,.0f} kB")
    for kind, total in size.most_common():
        print(f"{kind:12} {count[kind]:4} requests {total / 1000:9,.0f} kB")
    print(f"{'all':12} {sum(count.values()):4} requests {sum(size.values()) / 1000:9,.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
