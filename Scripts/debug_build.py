"""What the checks of the compiled library have in common: they build it and look at what came out."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def output(*words, input=None):
    """What a program prints; where it fails, that and the end of this one."""
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, input=input, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stdout[:4000]}\n{' '.join(words[:3])} failed")
    return done.stdout


def build(*targets):
    """Builds targets for debugging, and returns the directory with their objects and modules."""
    for target in targets:
        output("swift", "build", "--quiet", "--target", target)
    return pathlib.Path(output("swift", "build", "--show-bin-path").strip())


def search_paths(directory):
    """How a compiler finds the modules that were built there, and those in C that they import."""
    maps = [ROOT / "Sources" / "CLibYAML", directory / "CMachine.build", directory / "CStack.build"]
    words = [word for path in maps for word in ("-Xcc", f"-fmodule-map-file={path}/module.modulemap")]
    return ["-I", str(directory / "Modules"), *words]
