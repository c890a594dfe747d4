"""Bytes that stay: appended with one write, replaced by a rename, and confirmed by the disk.

Every function leaves the file as it was when it raises OSError, but for `Unconfirmed`: then the
bytes are written, and the disk did not say that they will be there after a power cut.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

try:
    from fcntl import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # Windows has none
try:
    from fcntl import F_FULLFSYNC  # type: ignore[attr-defined,unused-ignore]  # it is on a Mac alone
except ImportError:  # only macOS has it, where fsync does not reach the drive
    F_FULLFSYNC = None

FILE = 0o600
FOLDER = 0o700

_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Unconfirmed(OSError):  # noqa: N818 - it is no failure to write
    """Written, and not confirmed by the disk."""


def append(path: Path, data: bytes) -> None:
    """Add bytes to the end of a file, in one write, and return when the disk has them."""
    descriptor, new = _open(path, os.O_WRONLY | os.O_APPEND)
    try:
        before = os.fstat(descriptor).st_size
        try:
            _write(descriptor, data)
        except BaseException:
            _cut(descriptor, before)
            raise
        _confirm(descriptor)
    except BaseException:
        if new and os.fstat(descriptor).st_size == 0:
            with suppress(OSError):
                path.unlink()
        raise
    finally:
        os.close(descriptor)
    if new:
        confirm_folder(path.parent)


def cut(path: Path, size: int) -> None:
    """Cut a file to a size and return when the disk has it so."""
    descriptor = os.open(path, os.O_WRONLY | _FLAGS)
    try:
        os.ftruncate(descriptor, size)
        _confirm(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file: a reader finds the old or the new ones, whole."""
    folder, name = os.path.split(path)
    fresh = os.path.join(folder, f".{name}.new")  # noqa: PTH118 - on every save, as below
    descriptor = _fresh(fresh)
    try:
        try:
            _write(descriptor, data)
            sync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(fresh, path)  # noqa: PTH105 - half the time of pathlib, on every save
    except BaseException:
        with suppress(OSError):
            os.unlink(fresh)  # noqa: PTH108 - half the time of pathlib, on every save
        raise
    confirm_folder(folder or os.curdir)


def remove(path: Path) -> None:
    """Take a file away and return when the disk has it so."""
    path.unlink()
    confirm_folder(path.parent)


def sync(descriptor: int) -> None:
    """Return when the drive has the bytes of a file."""
    if F_FULLFSYNC is not None and fcntl is not None:
        try:
            fcntl(descriptor, F_FULLFSYNC)
        except OSError as error:
            if error.errno not in {errno.ENOTSUP, errno.EINVAL, errno.ENOTTY}:
                raise
        else:
            return
    os.fsync(descriptor)


def confirm_folder(folder: Path | str) -> None:
    """Return when the drive has the names in a folder. Windows has no such call, nor needs it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        _confirm(descriptor)
    finally:
        os.close(descriptor)


def mark(path: Path) -> tuple[int, int, int, int] | None:
    """Return what tells whether a file changed: its inode, size and both times; None if missing."""
    try:
        told = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, on every save
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


def _fresh(path: str) -> int:
    """Return a descriptor of a new file."""
    with suppress(FileExistsError):
        return _open(path, os.O_WRONLY | os.O_EXCL)[0]
    # Left by a process that was killed; whoever holds the lock may take it away.
    os.unlink(path)  # noqa: PTH108 - half the time of pathlib, on every save
    return _open(path, os.O_WRONLY | os.O_EXCL)[0]


def _open(path: Path | str, flags: int) -> tuple[int, bool]:
    """Return a descriptor, and whether the file is new. It is for its owner alone, in any umask."""
    if not flags & os.O_EXCL:
        try:
            return os.open(path, flags | _FLAGS), False
        except FileNotFoundError:
            pass
    descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL | _FLAGS, FILE)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, FILE)
    return descriptor, True


def _write(descriptor: int, data: bytes) -> None:
    done = os.write(descriptor, data)
    while done < len(data):  # a nearly full disk takes a part; the next write says why
        done += os.write(descriptor, data[done:])


def _confirm(descriptor: int) -> None:
    try:
        sync(descriptor)
    except OSError as error:
        raise Unconfirmed(error.errno, "the disk did not confirm") from error


def _cut(descriptor: int, size: int) -> None:
    # Cutting back takes no space, so it works on a full disk.
    with suppress(OSError):
        os.ftruncate(descriptor, size)
        sync(descriptor)
