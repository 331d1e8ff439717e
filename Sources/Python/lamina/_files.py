"""Where builds read their files."""

from __future__ import annotations

import ctypes
import os
from typing import Iterable, Mapping, Optional, Union

from . import _library
from ._library import Callbacks, library

Path = Union[str, "os.PathLike[str]"]


class Source:
    """Files that Python reads: a class to derive from.

    The methods are called on threads of the library, one build's one after the other. Paths are absolute, with "/"
    between their parts. What they raise is a reason why a file cannot be read, and is told as such.
    """

    def is_file(self, path: str) -> bool:
        """Whether a file is at a path."""
        raise NotImplementedError

    def is_directory(self, path: str) -> bool:
        """Whether a directory is at a path."""
        raise NotImplementedError

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        raise NotImplementedError

    def names(self, path: str) -> Iterable[str]:
        """The names of what is in a directory, for messages that guess what was meant."""
        return ()


class Files:
    """Files in memory, on the disk, or of a `Source`; may be used for many builds, on many threads at once.

    `Files({"base/cm.yaml": "..."})` are files in memory: texts or bytes by path. Relative paths begin at "/"; on the
    disk, at the working directory.
    """

    def __init__(self, files: Optional[Mapping[str, Union[str, bytes]]] = None) -> None:
        self._callbacks: Optional[Callbacks] = None
        self._handle = ctypes.c_void_p(library.lamina_files_in_memory())
        self._add_all(files)

    @classmethod
    def on_disk(cls, files: Optional[Mapping[str, Union[str, bytes]]] = None) -> Files:
        """The disk, with files that hide what is there at their paths."""
        made = cls.__new__(cls)
        made._callbacks = None
        made._handle = ctypes.c_void_p(library.lamina_files_on_disk())
        made._add_all(files)
        return made

    @classmethod
    def of(cls, source: Source) -> Files:
        """The files of a source, which must give the same for as long as a build runs."""
        made = cls.__new__(cls)
        # The library calls these only during a call, which holds this object.
        made._callbacks = _callbacks(source)
        made._handle = ctypes.c_void_p(
            library.lamina_files_from_callbacks(ctypes.byref(made._callbacks))
        )
        return made

    def add(self, path: Path, content: Union[str, bytes]) -> None:
        """Puts a file at a path. Builds that have begun do not see it."""
        data = content.encode() if isinstance(content, str) else bytes(content)
        status = library.lamina_files_add(self._handle, _encoded(path), data, len(data))
        if status != _library.OK:
            raise ValueError(f"{path!r} is no path of a file")

    def link(self, path: Path, target: Path) -> None:
        """Puts a symbolic link at a path; a relative target begins at the directory of the link."""
        status = library.lamina_files_link(self._handle, _encoded(path), _encoded(target))
        if status != _library.OK:
            raise ValueError(f"{path!r} or {target!r} is no path")

    def _add_all(self, files: Optional[Mapping[str, Union[str, bytes]]]) -> None:
        for path, content in (files or {}).items():
            self.add(path, content)

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle:
            library.lamina_files_free(handle)


def _encoded(path: Path) -> bytes:
    text = os.fspath(path)
    # The path would end there.
    if "\0" in text:
        raise ValueError(f"{text!r} holds a zero")
    return text.encode()


def _callbacks(source: Source) -> Callbacks:
    def kind(_: object, path: bytes) -> int:
        # An exception cannot pass through C.
        try:
            text = path.decode()
            if source.is_directory(text):
                return _library.DIRECTORY
            return _library.FILE if source.is_file(text) else _library.NOTHING
        except Exception:
            return _library.DENIED

    def read(_: object, path: bytes, sink: int) -> int:
        try:
            data = bytes(source.read(path.decode()))
            status = 0
        except Exception as error:
            data = f"{type(error).__name__}: {error}".encode(errors="replace")
            status = 1
        library.lamina_sink_add(sink, data, len(data))
        return status

    def names(_: object, path: bytes, sink: int) -> None:
        try:
            for name in source.names(path.decode()):
                data = name.encode()
                library.lamina_sink_add(sink, data, len(data))
        except Exception:
            pass

    return Callbacks(
        size=ctypes.sizeof(Callbacks),
        kind=Callbacks.KIND(kind),
        read=Callbacks.READ(read),
        list=Callbacks.LIST(names),
    )
