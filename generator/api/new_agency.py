"""A new agency's files: the commented example, or another's files in a new place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..agreements import comments, own_keys, schema_header, yaml_tree
from ..agreements.editing import TextEdit, edited
from ..agreements.file_kinds import model_of
from ..errors import FileError, UsageError
from ..key_names import KeyLanguage
from ..messages import Message, message, spoken
from ..workspace.confined import below, file_name_fault, read_bytes
from ..workspace.environment import PACKAGE
from ..workspace.reasons import why

EXAMPLE = PACKAGE.parent / "agreements" / "example-2570"


@dataclass(frozen=True, slots=True)
class NewAgency:
    """The new agency's files, not yet published, and what is left for the officer to do."""

    files: dict[Path, bytes]
    remarks: tuple[Message | str, ...] = ()


def example(directory: Path, keys: KeyLanguage = "en") -> NewAgency:
    """Copy the example agency that came with gen, its comments in the language that is spoken.

    Raises UsageError, FileError.
    """
    check_name(directory)
    if not (EXAMPLE / "agency.yaml").is_file():
        raise FileError(message("example-missing", path=str(EXAMPLE)))
    language = spoken()
    files: dict[Path, bytes] = {}
    for path in files_of(EXAMPLE):
        data = copied(EXAMPLE / path, directory / path, language=language)
        if (model := model_of(path)) is not None:
            text = comments.in_language(data.decode(), language, keys)
            data = own_keys.with_keys_in_text(text, model, keys, is_own=True).encode()
        files[directory / path] = data
    return NewAgency(files)


def check_name(directory: Path) -> None:
    """Refuse a folder that is in use, or whose name no Windows machine can have."""
    name = directory.resolve().name
    reason = file_name_fault(name) or (message("ends-with-dot") if name.endswith(".") else "")
    if reason:
        raise UsageError(message("no-name-of-agency", name=name, reason=reason))
    try:
        used = directory.exists() and (not directory.is_dir() or any(directory.iterdir()))
    except OSError as error:
        raise FileError(
            message("cannot-look-into", path=str(directory), reason=why(error))
        ) from error
    if used:
        raise UsageError(message("folder-in-use", path=str(directory)))


def files_of(folder: Path) -> Iterator[Path]:
    """List a folder's files, relative to it, without hidden ones and those that lock others."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "~$")) for part in relative.parts):
            below(folder, relative.as_posix())
            yield relative


def copied(
    file: Path, target: Path, edits: Iterable[TextEdit] = (), *, language: str = ""
) -> bytes:
    """Copy a file's bytes, with the edits made and the schema named from its new place.

    The schema is of a ``language``, else of the one that the file names.
    """
    data = read_bytes(file)
    read = yaml_tree.parse(file, data)
    if file.suffix != ".yaml" or read.node is None:
        return data
    head = schema_header.moved(read.text, file, target, language)
    text = edited(read.text, [*edits, *head])
    return ("\ufeff" if data.startswith(b"\xef\xbb\xbf") else "").encode() + text.encode()


def with_keys(made: NewAgency, directory: Path, keys: KeyLanguage) -> NewAgency:
    """The same files with their keys in a language; the data are the same."""
    files = {
        path: own_keys.with_keys(data, path.relative_to(directory), keys)
        for path, data in made.files.items()
    }
    return replace(made, files=files)
