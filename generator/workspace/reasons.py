"""Why the system refuses a file, in the language that is spoken where the reason is known."""

from __future__ import annotations

import errno

from ..messages import Message, message


class NotAFile(OSError):
    """Something that is no file stands where one should: a folder, a pipe, a device."""


_REASONS = {
    errno.ENOENT: message("reason-no-such-file"),
    errno.EACCES: message("reason-permission-denied"),
    errno.EPERM: message("reason-not-permitted"),
    errno.EISDIR: message("reason-is-a-folder"),
    errno.ENOTDIR: message("reason-is-no-folder"),
    errno.EEXIST: message("reason-exists"),
    errno.ENOTEMPTY: message("reason-folder-not-empty"),
    errno.ENAMETOOLONG: message("reason-name-too-long"),
    errno.ENOSPC: message("reason-no-space"),
    errno.EDQUOT: message("reason-quota"),
    errno.EROFS: message("reason-read-only"),
    errno.EFBIG: message("reason-file-too-large"),
    errno.EIO: message("reason-disk-fails"),
    errno.EBUSY: message("reason-in-use"),
    errno.ETXTBSY: message("reason-in-use"),
    errno.EMFILE: message("reason-too-many-open"),
    errno.ENFILE: message("reason-too-many-open"),
    errno.ELOOP: message("reason-links-in-a-circle"),
    errno.EINVAL: message("reason-invalid"),
    errno.ETIMEDOUT: message("reason-timed-out"),
    errno.ECONNREFUSED: message("reason-connection-refused"),
    errno.EPIPE: message("reason-nobody-reads"),
}


def why(error: OSError | ValueError) -> Message | str:
    """Why a file can't be used, as a part of a sentence."""
    if isinstance(error, NotAFile):
        return message("reason-is-no-file")
    if not isinstance(error, OSError):
        return str(error)
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
