"""Two browsers share the pages of the house between them, each in a process of its own."""

import multiprocessing
import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def chromium_path() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is missing. Debian, Ubuntu: sudo apt install chromium"
    return path


@contextmanager
def browser():
    with sync_playwright() as tools:
        one = tools.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield one
        one.close()


def share(work: Callable, house, names: list[str]) -> list:
    """``work(house, names)`` on two halves of the names at once; gives what both found, in the order of the names."""
    halves = [names[0::2], names[1::2]]
    with multiprocessing.get_context("spawn").Pool(2, initializer=_ready) as pool:
        found = pool.starmap(work, [(house, half) for half in halves])
    by_name = {
        name: one
        for half, answers in zip(halves, found, strict=True)
        for name, one in zip(half, answers, strict=True)
    }
    return [by_name[name] for name in names]


def _ready() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "coaching.settings.test"
    import django

    django.setup()
