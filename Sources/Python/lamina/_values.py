"""What calls are given and what they return."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Tuple


@dataclass(frozen=True)
class Edit:
    """One replaced piece of a file: the bytes from `start` to `end`, counted from 0."""

    file: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class Fix:
    """A change of files that would put a mistake right; one that is not safe is a guess."""

    message: str
    safe: bool
    edits: Tuple[Edit, ...]


@dataclass(frozen=True)
class Diagnostic:
    """An error, a warning or a finding. Docs/DIAGNOSTICS.md lists the rules and families."""

    rule: str
    family: str
    severity: str
    message: str
    file: Optional[str] = None
    #: Counted from 1, the column in characters.
    line: Optional[int] = None
    column: Optional[int] = None
    hint: Optional[str] = None
    #: The line of the file.
    excerpt: Optional[str] = None
    roots: Tuple[str, ...] = ()
    fixes: Tuple[Fix, ...] = ()
    #: All that is known, as the JSON has it.
    fields: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.severity}: {self.message}" if place else self.message

    @staticmethod
    def _of(value: Dict[str, Any]) -> Diagnostic:
        fixes = tuple(
            Fix(
                fix["message"],
                fix["safe"],
                tuple(
                    Edit(edit["file"], edit["start"], edit["end"], edit["replacement"])
                    for edit in fix["edits"]
                ),
            )
            for fix in value.get("fixes", [])
        )
        return Diagnostic(
            rule=value["rule"],
            family=value["family"],
            severity=value["severity"],
            message=value["message"],
            file=value.get("file"),
            line=value.get("line"),
            column=value.get("column"),
            hint=value.get("hint"),
            excerpt=value.get("excerpt"),
            roots=tuple(value.get("roots", [])),
            fixes=fixes,
            fields=value,
        )


class LaminaError(Exception):
    """The input is wrong. The text is what the command prints."""

    def __init__(self, message: str, diagnostics: Tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        #: Errors, then what was warned of before them.
        self.diagnostics = diagnostics


class InvalidCallError(LaminaError, ValueError):
    """The call is wrong, such as an option that there is not."""


class CancelledError(LaminaError):
    """The call was cancelled."""


@dataclass(frozen=True)
class Resource:
    """One object of a rendering."""

    api_version: str
    kind: str
    name: str
    namespace: Optional[str]
    #: The object alone, as the stream has it.
    yaml: bytes
    #: What the object's file is called where each has its own.
    file_name: str
    #: Where the object begins: FILE:LINE:COLUMN.
    origin: Optional[str]


@dataclass(frozen=True)
class Rendering:
    """What a directory renders to."""

    #: The stream of YAML.
    yaml: bytes
    resources: Tuple[Resource, ...]
    warnings: Tuple[Diagnostic, ...]
    #: Canonical paths, in the order in which they were first asked for.
    files_read: Tuple[str, ...]

    def __str__(self) -> str:
        return self.yaml.decode(errors="replace")


@dataclass(frozen=True)
class Difference:
    """What differs between two sides."""

    different: bool
    #: In the format that was asked for.
    report: bytes
    warnings: Tuple[Diagnostic, ...]

    def __str__(self) -> str:
        return self.report.decode(errors="replace")


@dataclass(frozen=True)
class LintReport:
    """What rules found."""

    findings: Tuple[Diagnostic, ...]
    #: All roots render; where one does not, the errors are among the findings.
    renders: bool
    #: In the format that was asked for.
    report: bytes

    def __str__(self) -> str:
        return self.report.decode(errors="replace")


@dataclass(frozen=True)
class Explanation:
    """Where values come from."""

    #: In the format that was asked for.
    report: bytes
    #: What was asked for and is not there, with what may have been meant.
    missing: Tuple[Tuple[str, Optional[str]], ...]
    warnings: Tuple[Diagnostic, ...]

    def __str__(self) -> str:
        return self.report.decode(errors="replace")


@dataclass(frozen=True)
class HelmOptions:
    """Whether and how charts are made into objects, by a helm of this machine."""

    enabled: bool = True
    command: Optional[str] = None
    kube_version: Optional[str] = None
    api_versions: Tuple[str, ...] = ()
    debug: bool = False
    #: Seconds.
    timeout: Optional[float] = None


@dataclass(frozen=True)
class FunctionOptions:
    """Which programs of the user's may run."""

    enabled: bool = True
    programs: bool = False
    network: bool = False
    mounts: Tuple[str, ...] = ()
    environment: Tuple[str, ...] = ()
    user: Optional[str] = None
    plugin_directory: Optional[str] = None
    #: Seconds.
    timeout: Optional[float] = None
    #: Bytes.
    output_limit: Optional[int] = None


@dataclass(frozen=True)
class Limits:
    """How much a build may take. None is no limit."""

    seconds: Optional[float] = None
    #: Of all files that are read, each as often as it is.
    input_bytes: Optional[int] = None
    #: Mappings, lists and scalars.
    nodes: Optional[int] = None
    #: How deep values lie in one another.
    depth: Optional[int] = None
    resources: Optional[int] = None


@dataclass(frozen=True)
class Options:
    """What builds may do. By default they read their files, and nothing else. Docs/C.md describes each."""

    #: "LoadRestrictionsRootOnly" or "LoadRestrictionsNone".
    load_restrictor: Optional[str] = None
    #: An absolute path, which takes the place of the restrictor.
    load_root: Optional[str] = None
    #: "v5.8.1" or "next".
    compat: Optional[str] = None
    #: "legacy" or "none".
    reorder: Optional[str] = None
    managed_by_label: bool = False
    #: "none", "cache" or "fetch".
    remotes: Optional[str] = None
    cache_directory: Optional[str] = None
    #: Seconds that a server may say nothing.
    timeout: Optional[float] = None
    #: The text of a lamina.yaml.
    settings: Optional[str] = None
    helm: Optional[HelmOptions] = None
    functions: Optional[FunctionOptions] = None
    limits: Optional[Limits] = None


def fields(options: Any) -> Dict[str, Any]:
    """The fields of options that say something, as the JSON calls them."""
    result: Dict[str, Any] = {}
    for name, value in vars(options).items():
        if value is None or value is False or value == ():
            continue
        words = name.split("_")
        key = words[0] + "".join(word.capitalize() for word in words[1:])
        if isinstance(value, (HelmOptions, FunctionOptions, Limits)):
            value = fields(value)
        result[key] = list(value) if isinstance(value, tuple) else value
    return result


def diagnostics(metadata: Dict[str, Any]) -> Tuple[Diagnostic, ...]:
    listed: List[Dict[str, Any]] = metadata["diagnostics"]
    return tuple(Diagnostic._of(value) for value in listed)
