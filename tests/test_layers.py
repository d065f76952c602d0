"""The arrows of the architecture stay one-way."""

import ast
from pathlib import Path, PurePosixPath

import pytest

PACKAGE = Path(__file__).parents[1] / "generator"

# A module may import what stands in its own package and on the lines above it.
LAYERS = [
    ["messages", "thai"],
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
    ["batch", "signing"],
    ["api"],
    ["cli"],
    ["__main__"],
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# Libraries that only these modules may import.
OWNERS = {
    "babel": {"messages"},
    "yaml": {"agreements/yaml_tree", "agreements/yaml_faults"},
    "click": {"cli"},
    "weasyprint": {"writers/pdf"},
    "pydyf": {"writers/pdf"},
    "docx": {"writers/docx", "templates", "verify"},
    "docxtpl": {"writers/docx", "templates", "verify"},
    "jinja2": {"templates"},
    "pikepdf": {"verify", "batch/archive", "writers/paper"},
    "openpyxl": {"survey/exports", "importing"},
    "rich": {"batch/progress"},
    "distributed": {"batch/cluster"},
    "pyhanko": {"signing"},
    "pyhanko_certvalidator": {"signing"},
    "asn1crypto": {"signing"},
    "cryptography": {"signing"},
    "pkcs11": {"signing"},
    "pypdfium2": {"signing/scans"},
    "zxingcpp": {"signing/scans"},
    "pydantic": {"model", "agreements"},
}

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
