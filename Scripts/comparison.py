"""Runs two programs on generated files, compares the outcomes, and keeps what differs.

`compare-random`, `compare-merges`, `compare-helm` and `mutate-lint` share these functions.
"""

import argparse
import dataclasses
import difflib
import pathlib
import shlex
import subprocess
import tempfile


@dataclasses.dataclass
class Outcome:
    """The result of running a program."""

    failed: bool
    out: bytes
    err: bytes
    timed_out: bool = False


def run(command, timeout=None, **settings):
    """Runs a command with `settings` of `subprocess.run`; a timeout counts as a failure."""
    try:
        result = subprocess.run(
            command, capture_output=True, timeout=timeout, check=False, **settings
        )
    except subprocess.TimeoutExpired as expired:
        return Outcome(True, expired.stdout or b"", b"out of time", timed_out=True)
    return Outcome(result.returncode != 0, result.stdout, result.stderr)


def difference(reference, render):
    """The difference between two outcomes in a few words, or None.

    Error messages may differ. A timeout of the reference is no difference.
    """
    if render.timed_out:
        return "render takes too long"
    if reference.timed_out:
        return None
    if render.failed and render.out:
        return "render fails, yet prints"
    if reference.failed != render.failed:
        return "only render fails" if render.failed else "only the reference fails"
    if not reference.failed and reference.out != render.out:
        return "other output"
    return None


def show_difference(reference, render, limit=12):
    """The lines that describe a difference: error messages, or a diff of the outputs."""
    if reference.failed or render.failed:
        lines = []
        for name, outcome in (("reference", reference), ("render", render)):
            words = outcome.err.decode("utf-8", "replace").strip().splitlines()
            words = [line for line in words if not line.startswith("# Warning")]
            fate = "fails: " + " / ".join(words[-3:]) if outcome.failed else "succeeds"
            lines.append(f"{name}: {fate}"[:400])
        return lines
    return list(
        difflib.unified_diff(
            reference.out.decode("utf-8", "replace").split("\n"),
            render.out.decode("utf-8", "replace").split("\n"),
            "reference",
            "render",
            lineterm="",
            n=2,
        )
    )[:limit]


def write_files(folder, files):
    """Writes `{path: bytes}` below a folder."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def build_with_both(reference, render, files, root=".", timeout=20):
    """Builds the same files with both commands; returns both outcomes."""
    with tempfile.TemporaryDirectory(prefix="compare-") as name:
        # The resolved path: error messages contain it.
        folder = pathlib.Path(name).resolve()
        write_files(folder, files)
        target = str(folder / root)
        return run(reference + [target], timeout), run(render + [target], timeout)


def minimise_lines(files, paths, still_differs):
    """Removes lines from the files at `paths` as long as `still_differs(files)` holds.

    Tries blocks of lines, halving their size down to single lines, until a pass over
    all files removes nothing.
    """
    files = dict(files)
    shrinking = True
    while shrinking:
        shrinking = False
        for path in sorted(paths):
            lines = files[path].splitlines(keepends=True)
            size = len(lines)
            while size >= 1:
                start = 0
                while start < len(lines):
                    candidate = lines[:start] + lines[start + size :]
                    if still_differs({**files, path: b"".join(candidate)}):
                        lines = candidate
                        files[path] = b"".join(lines)
                        shrinking = True
                    else:
                        start += size
                size //= 2
    return files


def minimise(files, still_differs):
    """Removes whole files, then lines, then empty files as long as the difference stays."""

    def remove_files(files, is_candidate):
        for path in sorted(files):
            fewer = {other: data for other, data in files.items() if other != path}
            if is_candidate(files[path]) and still_differs(fewer):
                files = fewer
        return files

    files = remove_files(files, lambda data: True)
    files = minimise_lines(files, files, still_differs)
    return remove_files(files, lambda data: not data)


def seed_range(text):
    """The seeds of `A..B`, or of a single `A`."""
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def argument_parser(description, seeds, has_reference=True):
    """A parser with the options that the scripts share; `seeds` is the default range."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--seeds",
        type=seed_range,
        default=seeds,
        metavar="A..B",
        help=f"seeds to run (default: {seeds[0]}..{seeds[-1]})",
    )
    if has_reference:
        parser.add_argument(
            "--reference",
            type=shlex.split,
            default="kubectl kustomize",
            metavar="COMMAND",
            help="command of the reference, in front of the directory (default: %(default)s)",
        )
    parser.add_argument(
        "--render",
        type=shlex.split,
        default=".build/release/render",
        metavar="COMMAND",
        help="command under test, in front of its arguments (default: %(default)s)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=2,
        metavar="N",
        help="number of seeds to run in parallel (default: %(default)s)",
    )
    parser.add_argument(
        "--keep",
        type=pathlib.Path,
        metavar="DIR",
        help="directory for the files of seeds that are wrong",
    )
    return parser
