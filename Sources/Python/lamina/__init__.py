"""Lamina renders, compares, lints, explains and patches kustomizations, in this process.

    import lamina

    rendering = lamina.render("overlays/production")
    print(rendering.yaml.decode())

    files = {"app/kustomization.yaml": "namePrefix: dev-\\nresources: [cm.yaml]\\n", "app/cm.yaml": "..."}
    rendering = lamina.render("app", files)

Without files, the disk is read; nothing else is read, run, fetched or written but what the options allow. Calls let
other threads of the interpreter run, and any number of them may run at once. Docs/PYTHON.md has more.
"""

from __future__ import annotations

import ctypes
import json
import os
from typing import Any, Dict, Iterable, Mapping, NamedTuple, Optional, Tuple, Union

from . import _library
from ._files import Files, Path, Source
from ._library import Request as _Request
from ._library import library as _native
from ._values import (
    CancelledError,
    Diagnostic,
    Difference,
    Edit,
    Explanation,
    Fix,
    FunctionOptions,
    HelmOptions,
    InvalidCallError,
    LaminaError,
    Limits,
    LintReport,
    Options,
    Rendering,
    Resource,
)
from ._values import diagnostics as _diagnostics
from ._values import fields as _fields

__all__ = [
    *["render", "patch", "diff", "lint", "explain"],
    *["Files", "Source", "Root", "Cancel", "Options", "HelmOptions", "FunctionOptions", "Limits"],
    *["Rendering", "Resource", "Difference", "LintReport", "Explanation"],
    *["Diagnostic", "Fix", "Edit", "LaminaError", "InvalidCallError", "CancelledError"],
]
__version__: str = _native.lamina_version().decode()

FilesLike = Union[Files, Source, Mapping[str, Union[str, bytes]]]


class Cancel:
    """Ends the calls that are handed it, from any thread."""

    def __init__(self) -> None:
        self._handle = ctypes.c_void_p(_native.lamina_cancel_new())

    def trigger(self) -> None:
        """Ends all calls with this object soon, also those that begin later."""
        _native.lamina_cancel_trigger(self._handle)

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle:
            _native.lamina_cancel_free(handle)


class Root(NamedTuple):
    """A directory of files, as one side of `diff`."""

    path: Path
    files: Optional[FilesLike] = None


#: A directory, a stream of manifests, or what was rendered before.
Side = Union[Root, str, "os.PathLike[str]", bytes, Rendering]


def render(
    root: Path,
    files: Optional[FilesLike] = None,
    *,
    options: Options = Options(),
    cancel: Optional[Cancel] = None,
) -> Rendering:
    """Renders the kustomization of a directory: what `render DIR` prints."""
    call = _Call(cancel, _fields(options))
    outcome = call.run(_native.lamina_render, call.root(root, files))
    data = outcome.data
    resources = tuple(
        Resource(
            api_version=entry["apiVersion"],
            kind=entry["kind"],
            name=entry["name"],
            namespace=entry.get("namespace"),
            yaml=data[entry["start"] : entry["end"]],
            file_name=entry["file"],
            origin=entry.get("origin"),
        )
        for entry in outcome.metadata["resources"]
    )
    read = tuple(outcome.metadata["filesRead"])
    return Rendering(data, resources, _diagnostics(outcome.metadata), read)


def patch(
    manifests: Union[str, bytes],
    patch: Union[str, bytes],
    *,
    type: str = "strategicMerge",
    input_name: str = "manifests.yaml",
    patch_name: str = "patch.yaml",
    target: Optional[Mapping[str, str]] = None,
    allow_name_change: bool = False,
    allow_kind_change: bool = False,
    openapi: Optional[str] = None,
    keep_rest: bool = False,
    cancel: Optional[Cancel] = None,
) -> bytes:
    """Applies a strategic merge, or with the type "json" an RFC 6902 patch, to a stream of manifests.

    A target has the fields of kustomizations: {"kind": "Deployment", "labelSelector": "tier=front"}. With keep_rest,
    documents that the patch does not change stay as they are.
    """
    asked: Dict[str, Any] = {"type": type, "inputName": input_name, "patchName": patch_name}
    asked.update(allowNameChange=allow_name_change, allowKindChange=allow_kind_change)
    asked.update(keepRest=keep_rest, openapi=openapi)
    asked["target"] = None if target is None else dict(target)
    call = _Call(cancel, asked)
    data = _bytes(patch)
    return call.run(_native.lamina_patch, call.manifests(_bytes(manifests)), data, len(data)).data


def diff(
    old: Side,
    new: Side,
    *,
    format: str = "text",
    ignore: Iterable[str] = (),
    show_secrets: bool = False,
    context: Optional[int] = None,
    title: Optional[str] = None,
    name: Optional[str] = None,
    old_name: Optional[str] = None,
    new_name: Optional[str] = None,
    options: Options = Options(),
    cancel: Optional[Cancel] = None,
) -> Difference:
    """Compares two sides; the report is text, unified, markdown, json or html.

    A side is a directory of the disk (a path), a directory of files (`Root`), manifests (bytes) or a `Rendering`.
    """
    asked = {
        "format": format,
        "ignore": list(ignore),
        "showSecrets": show_secrets,
        "context": context,
        "title": title,
        "name": name,
        "oldName": old_name,
        "newName": new_name,
    }
    call = _Call(cancel, {**_fields(options), **_given(asked)})
    before = call.side(old)
    before.options = None
    outcome = call.run(_native.lamina_diff, before, ctypes.byref(call.side(new)))
    different = bool(outcome.metadata["different"])
    return Difference(different, outcome.data, _diagnostics(outcome.metadata))


def lint(
    *roots: Path,
    files: Optional[FilesLike] = None,
    format: str = "text",
    kubernetes: Optional[str] = None,
    show_secrets: bool = False,
    options: Options = Options(),
    cancel: Optional[Cancel] = None,
) -> LintReport:
    """Says what is wrong, or looks wrong, with directories; the working directory without any.

    The report is text, json, github, gitlab, sarif or junit. Directories that do not render are no exception: the
    errors are among the findings.
    """
    first, *more = roots or (".",)
    asked = {
        "format": format,
        "roots": [os.fspath(root) for root in more],
        "kubernetes": kubernetes,
        "showSecrets": show_secrets,
    }
    call = _Call(cancel, {**_fields(options), **_given(asked)})
    outcome = call.run(_native.lamina_lint, call.root(first, files), allows_failure=True)
    renders = outcome.status == _library.OK
    return LintReport(_diagnostics(outcome.metadata), renders, outcome.data)


def explain(
    root: Path,
    *select: str,
    files: Optional[FilesLike] = None,
    kinds: Iterable[str] = (),
    namespace: Optional[str] = None,
    deep: bool = False,
    format: str = "text",
    show_secrets: bool = False,
    options: Options = Options(),
    cancel: Optional[Cancel] = None,
) -> Explanation:
    """Says where values come from, and what changed them on the way; the report is text, json or html.

    What is selected are objects (`deploy/web`) and fields (`spec.replicas`); all without any.
    """
    asked = {
        "select": list(select),
        "kinds": list(kinds),
        "namespace": namespace,
        "deep": deep,
        "format": format,
        "showSecrets": show_secrets,
    }
    call = _Call(cancel, {**_fields(options), **_given(asked)})
    outcome = call.run(_native.lamina_explain, call.root(root, files))
    missing = tuple((entry["text"], entry.get("hint")) for entry in outcome.metadata["missing"])
    return Explanation(outcome.data, missing, _diagnostics(outcome.metadata))


class _Outcome(NamedTuple):
    status: int
    data: bytes
    metadata: Dict[str, Any]


class _Call:
    """One call: holds whatever the library reads meanwhile."""

    def __init__(self, cancel: Optional[Cancel], options: Mapping[str, Any]) -> None:
        self._options = json.dumps(options).encode()
        self._cancel = cancel
        self._held: list[object] = []

    def _request(self) -> _Request:
        return _Request(
            size=ctypes.sizeof(_Request),
            options=self._options,
            cancel=self._cancel._handle if self._cancel else None,
        )

    def root(self, root: Path, files: Optional[FilesLike]) -> _Request:
        text = os.fspath(root)
        if "\0" in text:
            raise InvalidCallError(f"error: root {text!r} holds a zero")
        request = self._request()
        request.root = text.encode()
        handle = _handle(files)
        self._held.append(handle)
        request.files = handle._handle
        return request

    def manifests(self, data: bytes) -> _Request:
        request = self._request()
        request.input = data
        request.input_length = len(data)
        return request

    def side(self, side: Side) -> _Request:
        if isinstance(side, Rendering):
            return self.manifests(side.yaml)
        if isinstance(side, bytes):
            return self.manifests(side)
        if isinstance(side, Root):
            return self.root(side.path, side.files)
        return self.root(side, None)

    def run(
        self, function: Any, request: _Request, *rest: Any, allows_failure: bool = False
    ) -> _Outcome:
        result = ctypes.c_void_p()
        status = function(ctypes.byref(request), *rest, ctypes.byref(result))
        try:
            metadata = json.loads(_lent(_native.lamina_result_metadata, result))
            if status == _library.OK or (
                allows_failure
                and status == _library.FAILED
                and (metadata["diagnostics"] and _lent(_native.lamina_result_bytes, result))
            ):
                return _Outcome(status, _lent(_native.lamina_result_bytes, result), metadata)
            message = _lent(_native.lamina_result_message, result).decode(errors="replace")
        finally:
            _native.lamina_result_free(result)
        if status == _library.INVALID:
            raise InvalidCallError(message)
        error = CancelledError if status == _library.CANCELLED else LaminaError
        raise error(message, _diagnostics(metadata))


def _handle(files: Optional[FilesLike]) -> Files:
    if files is None:
        return Files.on_disk()
    if isinstance(files, Files):
        return files
    return Files.of(files) if isinstance(files, Source) else Files(files)


def _lent(function: Any, result: ctypes.c_void_p) -> bytes:
    length = ctypes.c_size_t()
    address = function(result, ctypes.byref(length))
    return ctypes.string_at(address, length.value)


def _bytes(text: Union[str, bytes]) -> bytes:
    return text.encode() if isinstance(text, str) else bytes(text)


def _given(options: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
