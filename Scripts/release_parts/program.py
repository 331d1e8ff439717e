"""The command itself: built, stripped and looked at."""

import os
import shutil
import subprocess
import tempfile

from . import library
from .archives import gzipped
from .facts import ROOT, Failure, output

# What users are promised: 20 and 8 MiB.
MOST_ON_DISK = 20 << 20
MOST_COMPRESSED = 8 << 20
STAND_IN = ROOT / "Scripts" / "release_parts" / "FoundationEssentials.swift"
LINKER_SCRIPT = library.LINKER_SCRIPT


def build(release):
    """Builds the command in a directory of its own, so that nothing is left from another build."""
    scratch = ROOT / ".build-release" / "build"
    shutil.rmtree(scratch, ignore_errors=True)
    words = ["swift", "build", "--configuration", "release"]
    words += ["--scratch-path", scratch, *reproducible_flags(scratch), *size_flags()]
    words += stand_in_flags(scratch.parent / "stand-in")
    environment = {
        **release.environment,
        "LAMINA_COMMIT": release.commit,
        "LAMINA_DATE": release.date,
    }
    environment.pop("LAMINA_DYNAMIC", None)
    for wanted in (["--product", "render"], ["--target", library.TARGET]):
        call = [str(word) for word in [*words, *wanted]]
        if subprocess.run(call, cwd=ROOT, env=environment, stdout=2).returncode != 0:
            raise Failure("swift build failed")
    return scratch / "release" / "render"


def reproducible_flags(scratch):
    """Where the sources lie on this machine is no part of the program."""
    flags = []
    for directory, name in ((scratch, "/build"), (ROOT, "/lamina")):
        flags += ["-Xswiftc", "-file-prefix-map", "-Xswiftc", f"{directory}={name}"]
        flags += ["-Xcc", f"-ffile-prefix-map={directory}={name}"]
    return flags


def size_flags():
    """Leaves out what no part of the program calls or reads; Docs/RELEASE.md has what that saves."""
    # One section for each function, so that the linker can drop those that only other copies use.
    flags = ["-Xswiftc", "-Xfrontend", "-Xswiftc", "-function-sections"]
    # Equal ends of texts are kept once. The build's id would be a hash of debug information, which holds paths.
    for word in ("-O2", "--build-id=none", "--no-eh-frame-hdr", "-T", LINKER_SCRIPT):
        flags += ["-Xlinker", word]
    return flags


def stand_in_flags(directory):
    """Has swift-argument-parser use a few lines instead of Foundation."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    made = directory / f"{STAND_IN.stem}.o"
    words = ["swiftc", "-Osize", "-wmo", "-parse-as-library", "-module-name", STAND_IN.stem]
    words += ["-file-prefix-map", f"{ROOT}=/lamina", "-emit-module", "-emit-module-path"]
    words += [directory / f"{STAND_IN.stem}.swiftmodule", "-c", STAND_IN, "-o", made]
    output(*map(str, words))
    # The directory comes before those of the compiler.
    return ["-Xswiftc", "-I", "-Xswiftc", directory, "-Xlinker", made]


def stripped(binary, target):
    output("strip", "--strip-all", "--remove-section=.comment", "-o", target, binary)
    return target


def check(render, release, is_release):
    said = output(render, "--version")
    wanted = f"lamina {release.version} (kustomize v"
    if not said.startswith(wanted):
        raise Failure(f'the binary says "{said}", not "{wanted}…"')
    if is_release and not said.endswith(f"commit {release.commit} of {release.date}"):
        raise Failure(f'the binary says "{said}" and not its commit')
    # Only the build of a release leaves out what is not needed.
    if is_release and (size := render.stat().st_size) > MOST_ON_DISK:
        raise Failure(f"the binary has {size} bytes, more than {MOST_ON_DISK}")
    header = output("readelf", "--program-headers", render)
    if "INTERP" in header:
        raise Failure("the binary is not static: it asks for a dynamic linker")


def check_compressed(archive):
    if (size := archive.stat().st_size) > MOST_COMPRESSED:
        raise Failure(f"{archive.name} has {size} bytes, more than {MOST_COMPRESSED}")


def write_source(file, stem, release):
    """The sources as git has them, for those who build from them."""
    with tempfile.TemporaryDirectory() as directory:
        plain = os.path.join(directory, "source.tar")
        output("git", "archive", f"--prefix={stem}/", "--output", plain, "HEAD")
        with open(plain, "rb") as archive:
            file.write_bytes(gzipped(archive.read()))
