"""Every file of the program, read: what is found by walking cannot be forgotten."""

from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_WALKED = {"__main__", "pictures", "child"}
FILES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for top in ("admin_suite", "modules")
    for file in sorted((ROOT / top).rglob("*.py"))
    if file.stem not in NOT_WALKED
}
ROOMS = {name: import_module(name) for name in FILES}
