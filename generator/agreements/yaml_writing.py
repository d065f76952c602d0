"""Data as YAML, and files of it that editors check against their schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from . import own_keys, schema_header
from .file_kinds import KINDS
from .yaml_tree import Plain


class PlainText(str):
    """Text that ``dump`` writes without quotes, as numbers stand in the files."""

    __slots__ = ()


class InlineMapping(dict[str, Plain]):
    """A mapping that ``dump`` writes on one line: ``{5: 12, 4: 8}``."""


def dump(data: Plain) -> str:
    """Data as YAML that reads back as the same data; texts of several lines stay readable."""
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 30, indent=2
    )


def file_of(target: Path, kind: str, data: Plain) -> bytes:
    """A file of a kind that is to stand at ``target``: the line that names its schema, the data.

    Its keys are written as the file's that stands there, else as those of its agency are.
    """
    keys = own_keys.written_at(target, KINDS[kind])
    if keys == "th":
        data = own_keys.in_thai(data, KINDS[kind])
    return (schema_header.line(target.parent, kind, keys) + dump(data)).encode()


class _Dumper(yaml.SafeDumper):
    """Block style for texts of several lines, no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_bare(dumper: yaml.SafeDumper, text: PlainText) -> yaml.ScalarNode:
    resolve: Any = dumper.resolve
    return yaml.ScalarNode(resolve(yaml.ScalarNode, text, (True, False)), str(text))


def _represent_inline(dumper: yaml.SafeDumper, data: InlineMapping) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


_Dumper.add_representer(InlineMapping, _represent_inline)
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(PlainText, _represent_bare)
