"""The shared object, loaded, with the types of its functions. lamina.h describes them."""

from __future__ import annotations

import ctypes
import os
import pathlib

ABI_VERSION = 1
OK, FAILED, INVALID, CANCELLED = range(4)
NOTHING, FILE, DIRECTORY, DENIED = range(4)

_Handle = ctypes.c_void_p
_Size = ctypes.c_size_t
_KIND = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_char_p)
_READ = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, _Handle)
_LIST = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p, _Handle)
_RELEASE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Request(ctypes.Structure):
    """A lamina_request."""

    _fields_ = [
        ("size", _Size),
        ("files", _Handle),
        ("root", ctypes.c_char_p),
        ("input", ctypes.c_char_p),
        ("input_length", _Size),
        ("options", ctypes.c_char_p),
        ("cancel", _Handle),
    ]


class Callbacks(ctypes.Structure):
    """A lamina_callbacks."""

    _fields_ = [
        ("size", _Size),
        ("context", ctypes.c_void_p),
        ("kind", _KIND),
        ("read", _READ),
        ("list", _LIST),
        ("release", _RELEASE),
    ]

    # For those who make one.
    KIND, READ, LIST = _KIND, _READ, _LIST


_REQUEST = ctypes.POINTER(Request)
_RESULT = ctypes.POINTER(_Handle)
_LENGTH = ctypes.POINTER(_Size)
_STATUS = ctypes.c_uint

_FUNCTIONS: dict[str, tuple[object, list[object]]] = {
    "lamina_abi_version": (ctypes.c_uint32, []),
    "lamina_version": (ctypes.c_char_p, []),
    "lamina_files_in_memory": (_Handle, []),
    "lamina_files_on_disk": (_Handle, []),
    "lamina_files_from_callbacks": (_Handle, [ctypes.POINTER(Callbacks)]),
    "lamina_files_add": (_STATUS, [_Handle, ctypes.c_char_p, ctypes.c_char_p, _Size]),
    "lamina_files_link": (_STATUS, [_Handle, ctypes.c_char_p, ctypes.c_char_p]),
    "lamina_files_free": (None, [_Handle]),
    "lamina_sink_add": (None, [_Handle, ctypes.c_char_p, _Size]),
    "lamina_cancel_new": (_Handle, []),
    "lamina_cancel_trigger": (None, [_Handle]),
    "lamina_cancel_free": (None, [_Handle]),
    "lamina_render": (_STATUS, [_REQUEST, _RESULT]),
    "lamina_patch": (_STATUS, [_REQUEST, ctypes.c_char_p, _Size, _RESULT]),
    "lamina_diff": (_STATUS, [_REQUEST, _REQUEST, _RESULT]),
    "lamina_lint": (_STATUS, [_REQUEST, _RESULT]),
    "lamina_explain": (_STATUS, [_REQUEST, _RESULT]),
    # Borrowed bytes may hold zeros, so that they are taken by address and length.
    "lamina_result_bytes": (ctypes.c_void_p, [_Handle, _LENGTH]),
    "lamina_result_metadata": (ctypes.c_void_p, [_Handle, _LENGTH]),
    "lamina_result_message": (ctypes.c_void_p, [_Handle, _LENGTH]),
    "lamina_result_free": (None, [_Handle]),
}


def _load() -> ctypes.CDLL:
    """Calls of a CDLL let other threads of the interpreter run meanwhile."""
    path = os.environ.get("LAMINA_LIBRARY") or str(
        pathlib.Path(__file__).resolve().parent / "liblamina.so"
    )
    try:
        loaded = ctypes.CDLL(path)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(loaded, name)
            function.restype = result
            function.argtypes = arguments
    except (OSError, AttributeError) as error:
        raise ImportError(
            f"liblamina cannot be loaded: {error}. The wheels for musl, and for a glibc that is too"
            " old for it, hold the command alone; LAMINA_LIBRARY names another file."
        ) from None
    if loaded.lamina_abi_version() != ABI_VERSION:
        raise ImportError(f"{path} has another interface than this module")
    return loaded


library = _load()
