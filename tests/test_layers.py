"""The arrows of the architecture stay one-way; modules stay short, and names are given once."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from generator.messages import catalogue

PACKAGE = Path(__file__).parents[1] / "generator"
ARCHITECTURE = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")

# A module may import what stands in its own package and on the lines above it.
LAYERS = [
    ["key_names"],
    ["messages"],
    ["thai"],
    ["odd_signs"],
    ["typesetting"],
    ["diagnostics", "exact", "visible"],
    ["errors"],
    ["workspace"],
    ["model"],
    ["agreements"],
    ["survey"],
    ["scoring"],
    ["rules"],
    ["documents"],
    ["templates"],
    ["verify"],
    ["writers"],
    ["importing"],
    ["scanning"],
    ["batch", "signing", "preview", "comparing"],
    ["api"],
    ["studio"],
    ["cli"],
    ["__main__"],
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# Libraries that only these modules may import.
OWNERS = {
    "babel": {"messages"},
    "yaml": {
        "agreements/punctuation",
        "agreements/yaml_tree",
        "agreements/yaml_faults",
        "agreements/yaml_writing",
    },
    "click": {"cli"},
    "weasyprint": {"writers/pdf"},
    "pydyf": {"writers/pdf"},
    "docx": {"writers/docx", "templates", "verify"},
    "docxtpl": {"writers/docx", "templates", "verify"},
    "jinja2": {"templates", "studio"},
    "pikepdf": {"verify", "batch/archive", "writers/paper"},
    "openpyxl": {"survey/exports", "importing"},
    "rich": {"batch/progress"},
    "distributed": {"batch/cluster"},
    "pyhanko": {"signing"},
    "pyhanko_certvalidator": {"signing"},
    "asn1crypto": {"signing"},
    "cryptography": {"signing"},
    "pkcs11": {"signing"},
    "pypdfium2": {"signing/scans", "scanning", "writers/pdf/page_pictures"},
    "zxingcpp": {"signing/scans", "scanning"},
    "cv2": {"scanning"},
    "numpy": {"scanning"},
    "PIL": {"rules/emblem", "scanning"},
    "pydantic": {"model", "agreements"},
    "starlette": {"studio"},
    "uvicorn": {"studio/serving"},
    "argon2": {"studio/door"},
}

LONGEST = 400
LONGEST_OF_CLI = 250

MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> list[tuple[int, str]]:
    """Every module a file imports: (relative level, dotted name)."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level and not base:
                found += [(node.level, alias.name) for alias in node.names]
            else:
                found.append((node.level, base))
    return found


def layer_of(path: Path) -> str:
    """The name in LAYERS that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = layer_of(path)
    if own == "__init__":
        return
    depth = len(path.relative_to(PACKAGE).parts)
    for level, name in imports(path):
        if level == 0:
            continue
        # Relative imports within the same package are free.
        if level < depth and depth > 1:
            continue
        target = name.split(".")[0]
        if target == "__version__":
            continue
        assert target in RANK, f"{path.name} imports {target}, which has no layer"
        assert target == own or RANK[target] < RANK[own], f"{own} may not import {target}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_have_owners(path: Path) -> None:
    inner = path.relative_to(PACKAGE).with_suffix("").as_posix()
    for level, name in imports(path):
        library = name.split(".")[0]
        if level == 0 and library in OWNERS:
            allowed = OWNERS[library]
            rooms = {inner, *map(str, PurePosixPath(inner).parents)}
            assert rooms & allowed, f"{inner} imports {library}"


def test_no_code_names_an_agency() -> None:
    words = ("dsdw", "กอส", "พัฒนาสังคมและสวัสดิการ", "moi-", "cdd-", "dip-")
    for path in MODULES:
        code = "\n".join(
            line
            for line in path.read_text("utf-8").splitlines()
            if not line.lstrip().startswith("#")
        )
        tree = ast.parse(code)
        texts = [
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        ]
        docs = {
            ast.get_docstring(n, clean=False)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        for text in texts:
            if text in docs or "as printed, such as" in text or "FILE is a unit" in text:
                continue
            assert not any(word in text for word in words), f"{path.name}: {text[:60]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_short(path: Path) -> None:
    inner = path.relative_to(PACKAGE).as_posix()
    most = LONGEST_OF_CLI if inner.startswith("cli/") else LONGEST
    assert len(path.read_text("utf-8").splitlines()) <= most


def test_a_public_class_has_its_name_alone() -> None:
    found = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def name_of(path: Path) -> str:
    """What Python calls a module."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def arrows() -> dict[str, set[str]]:
    """By module, the modules of the package that it imports, wherever in it."""
    modules = {name_of(path): path for path in MODULES}
    found: dict[str, set[str]] = {name: set() for name in modules}
    for name, path in modules.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                parts = package.split(".")
                parts = parts[: len(parts) - node.level + 1] + (
                    [node.module] if node.module else []
                )
                base = ".".join(parts)
                inner = {f"{base}.{alias.name}" for alias in node.names}
                found[name] |= {one if one in modules else base for one in inner}
    return found


def test_a_code_of_a_sentence_stands_once() -> None:
    catalogue.compile_("en")


def told() -> list[tuple[list[str], set[str]]]:
    """The rooms of each row of the table in the docs, and the libraries beside them."""
    rows = [line.split("|")[1:4] for line in ARCHITECTURE.split("\n") if line.startswith("| `")]
    start = next(number for number, row in enumerate(rows) if row[0].strip() == f"`{LAYERS[0][0]}`")
    named = [(re.findall(r"`(\w+)`", row[0]), set(re.findall(r"`(\w+)`", row[2]))) for row in rows]
    return named[start : start + len(LAYERS)]


def test_the_docs_have_the_same_table() -> None:
    assert [rooms for rooms, _ in told()] == LAYERS
    for rooms, libraries in told():
        owned = {
            library
            for library, places in OWNERS.items()
            if any(place.split("/")[0] in rooms for place in places)
        }
        assert libraries == owned, rooms


def test_no_module_needs_itself() -> None:
    """No circle, not even through imports that stand in functions or are for types alone."""
    left = {name: set(targets) - {name} for name, targets in arrows().items()}
    while free := {name for name, targets in left.items() if not targets & left.keys()}:
        left = {name: targets for name, targets in left.items() if name not in free}
    assert sorted(left) == []
