"""The trees to begin with: directories with kustomizations, and all files that these read."""

import dataclasses
import json
import pathlib

from comparison import run

NAMES = {"kustomization.yaml", "kustomization.yml", "Kustomization"}
# What the tests write beside the files of a case.
RECORDED = {"findings.txt", "expected.yaml", "expected-error.txt", "expected-warnings.txt"}
# A tree that is larger is no sample of anything in particular, and slow.
MOST_BYTES = 60_000


@dataclasses.dataclass
class Sample:
    """A tree of files, `{path: bytes}`, and the directory in it to look at."""

    name: str
    files: dict
    root: str


def of_cases(folder):
    """The cases below a folder of `testdata`, each with all of its files."""
    for path in sorted(folder.rglob("*")):
        if path.name not in NAMES:
            continue
        # `SET/NAME`, or `lint/RULE/NAME`.
        depth = 2 if folder.name == "lint" else 1
        case = folder.joinpath(*path.relative_to(folder).parts[:depth])
        if not case.is_dir():
            continue
        root = path.parent.relative_to(case).as_posix()
        files = {
            file.relative_to(case).as_posix(): file.read_bytes()
            for file in sorted(case.rglob("*"))
            if file.is_file() and not file.is_symlink() and file.name not in RECORDED
        }
        name = f"{case.relative_to(folder.parent)}/{root}"
        yield Sample(name, {path: files[path] for path in files if path != "lamina.yaml"}, root)


def of_directory(folder, render):
    """The roots below a directory, each with the files that it reads."""
    found = run(render + ["deps", "--all", ".", "--format", "json"], cwd=folder)
    for entry in json.loads(found.out or b"[]"):
        paths = [pathlib.PurePosixPath(path) for path in entry["files"]]
        if any(path.is_absolute() or ".." in path.parts for path in paths):
            continue
        files = {
            path.as_posix(): (folder / path).read_bytes()
            for path in paths
            if (folder / path).is_file()
        }
        root = pathlib.PurePosixPath(entry["root"]).as_posix()
        yield Sample(f"{folder.name}/{root}", files, root)


def all_samples(testdata, directories, render):
    """The samples of the cases and of further directories that are not too large."""
    samples = [
        sample
        for folder in sorted(testdata.iterdir())
        if folder.is_dir()
        for sample in of_cases(folder)
    ]
    for directory in directories:
        samples += of_directory(directory, render)
    return [
        sample
        for sample in samples
        if sample.files and sum(map(len, sample.files.values())) <= MOST_BYTES
    ]
