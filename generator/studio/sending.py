"""Files that pages hand out, to be kept."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
}


def kept(name: str, data: bytes) -> Response:
    """A file for the browser to keep under its name, which may hold any letters."""
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    called = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=kind, headers={"Content-Disposition": called})
