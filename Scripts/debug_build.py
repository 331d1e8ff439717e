"""Builds the library for debugging, for the scripts that check the compiled code."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The modules that render without touching the machine.
CORE = ["Lamina", "Pattern"]


def output(*words, input=None):
    """The standard output of a program; exits with that output if the program fails."""
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, input=input, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stdout[:4000]}\n{' '.join(words[:3])} failed")
    return done.stdout


def build(*targets):
    """Builds targets for debugging; returns the directory with their objects and modules."""
    for target in targets:
        output("swift", "build", "--quiet", "--target", target)
    return pathlib.Path(output("swift", "build", "--show-bin-path").strip())


def search_paths(directory):
    """Compiler arguments that make the modules built there, and their C modules, importable."""
    built = [directory / f"{name}.build" for name in ("CHashing", "CMachine", "CStack")]
    maps = [ROOT / "Sources" / "CLibYAML", *built]
    words = [
        word for path in maps for word in ("-Xcc", f"-fmodule-map-file={path}/module.modulemap")
    ]
    return ["-I", str(directory / "Modules"), *words]
