"""liblamina: one shared object with all that it needs but the C library, its header and its pkg-config file."""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from .archives import Entry
from .facts import ROOT, TEMPLATES, Failure, output, source_version

TARGET = "LaminaC"
MOST_ON_DISK = 16 << 20
HEADER = ROOT / "Sources" / "CLamina" / "include" / "lamina.h"
EXPORTS = ROOT / "Scripts" / "release_parts" / "library.map"
LINKER_SCRIPT = ROOT / "Scripts" / "release_parts" / "release.ld"
# What of Swift's runtime the targets use; the linker says so when something is missing.
SWIFT_ARCHIVES = [
    *["swift_Concurrency", "swiftSynchronization", "swift_StringProcessing", "swift_RegexParser"],
    *["swift_Builtin_float", "swiftGlibc", "swiftCore", "dispatch", "BlocksRuntime"],
]
# The parts of the C library, by the name of the file.
C_LIBRARY = re.compile(r"(libc|libm|libpthread|libdl|ld-linux-[\w-]+)\.so\.\d+")


def abi_version():
    """The number that programs compare, which is that of the file as well."""
    found = re.search(r"#define LAMINA_ABI_VERSION (\d+)", HEADER.read_text())
    if not found:
        raise Failure(f"{HEADER} defines no LAMINA_ABI_VERSION")
    return found[1]


def build():
    """Builds what the library is linked from, and returns the directory with it."""
    words = ["swift", "build", "--configuration", "release", "--target", TARGET]
    if subprocess.run(words, cwd=ROOT, stdout=2).returncode != 0:
        raise Failure("swift build failed")
    return pathlib.Path(output("swift", "build", "-c", "release", "--show-bin-path"))


def objects(built):
    """The object files of the targets, those of files that are no longer there left out."""
    package = json.loads(output("swift", "package", "describe", "--type", "json"))
    targets = {target["name"]: target for target in package["targets"]}
    wanted, found = [TARGET], []
    for name in wanted:
        wanted += [
            more for more in targets[name].get("target_dependencies", []) if more not in wanted
        ]
        if targets[name]["type"] == "system-target":
            continue
        for source in targets[name]["sources"]:
            if source.endswith((".swift", ".c")):
                place = built / f"{name}.build"
                whole = place / f"{source}.o"
                file = whole if whole.exists() else place / f"{pathlib.Path(source).name}.o"
                if not file.exists():
                    raise Failure(f"{file} is missing: swift build --target {TARGET}")
                found.append(file)
    return found


def swift_directory():
    """Where the archives of Swift's runtime are."""
    info = json.loads(output("swift", "-print-target-info"))
    resources = pathlib.Path(info["paths"]["runtimeResourcePath"])
    return resources.parent / "swift_static" / "linux", info["target"]["triple"].split("-")[0]


def dispatch_directory():
    """Where the shared libdispatch of Swift is."""
    return swift_directory()[0].parents[1] / "swift" / "linux"


def clang():
    """The C compiler that came with Swift."""
    swift = shutil.which("swiftc")
    if not swift:
        raise Failure("swiftc is missing")
    return pathlib.Path(swift).resolve().parent / "clang"


def archive(name):
    """An archive of the compiler or of the system, by its file name."""
    for compiler in ("gcc", "clang"):
        if shutil.which(compiler):
            path = pathlib.Path(output(compiler, f"-print-file-name={name}"))
            if path.is_absolute():
                return path
    raise Failure(f"{name} is missing")


def link(built, target, flags=()):
    """Links the shared object from the object files of a build."""
    swift, machine = swift_directory()
    words = [clang(), "-shared", "-fuse-ld=lld", "-o", target, *flags]
    words += [f"-Wl,-soname,liblamina.so.{abi_version()}", f"-Wl,--version-script={EXPORTS}"]
    # Swift finds what it knows of types by the names of sections, which nothing refers to.
    words += ["-Wl,--gc-sections", "-Wl,-z,nostart-stop-gc", "-Wl,-O2", "-Wl,--build-id=none"]
    words += [swift / machine / "swiftrt.o", *objects(built)]
    words += [swift / f"lib{name}.a" for name in SWIFT_ARCHIVES]
    words += [archive("libyaml.a"), archive("libstdc++.a"), "-static-libgcc"]
    words += ["-lm", "-lpthread", "-ldl"]
    with tempfile.NamedTemporaryFile("w", suffix=".rsp") as file:
        file.write("\n".join(str(word) for word in words[1:]))
        file.flush()
        done = subprocess.run([words[0], f"@{file.name}"], cwd=ROOT)
    if done.returncode != 0:
        raise Failure("the library does not link")


def make(built, target, is_release):
    """The shared object of a release, without what nobody needs to run it."""
    link(built, target, ["-Wl,--no-eh-frame-hdr", f"-Wl,-T,{LINKER_SCRIPT}"])
    check(target)
    output("strip", "--strip-all", "--remove-section=.comment", target)
    if is_release and (size := target.stat().st_size) > MOST_ON_DISK:
        raise Failure(f"the library has {size} bytes, more than {MOST_ON_DISK}")
    return target


def archive_of(library, installation, url):
    """The archive for those who program in C."""
    return {
        **files(library, url),
        "LICENSE": Entry(installation.license),
        "COPYRIGHT": Entry(installation.copyright),
        "C.md": Entry((ROOT / "Docs" / "C.md").read_bytes()),
    }


def check(library):
    """Looks at what the shared object needs and what it shows."""
    dynamic = output("readelf", "--wide", "--dynamic", library)
    for name in re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic):
        if not C_LIBRARY.fullmatch(name):
            raise Failure(f"{library} needs {name}")
    if "TEXTREL" in dynamic:
        raise Failure(f"{library} has code that the linker must change when it is loaded")
    shown = {
        line.split()[-1]
        for line in output("nm", "--dynamic", "--defined-only", library).splitlines()
    }
    declared = set(re.findall(r"\b(lamina_\w+)\(", HEADER.read_text()))
    if shown != declared:
        raise Failure(f"the header and the symbols of {library} differ: {sorted(shown ^ declared)}")


def glibc(library):
    """The version of the C library that the shared object asks for, as two numbers."""
    said = output("readelf", "--wide", "--version-info", library)
    found = {tuple(map(int, version)) for version in re.findall(r"Name: GLIBC_(\d+)\.(\d+)", said)}
    if not found:
        raise Failure(f"{library} asks for no version of the C library")
    return max(found)


def files(library, url):
    """What is installed, by path."""
    name = f"liblamina.so.{abi_version()}"
    values = {"URL": url, "VERSION": source_version()}
    text = (TEMPLATES / "lamina.pc").read_text()
    described = re.sub(r"@([A-Z]+)@", lambda match: values[match[1]], text)
    return {
        f"lib/{name}": Entry(library.read_bytes(), is_program=True),
        "lib/liblamina.so": Entry(link=name),
        "lib/pkgconfig/lamina.pc": Entry(described.encode()),
        "include/lamina.h": Entry(HEADER.read_bytes()),
    }


def install(library, top, url):
    """Lays the files out below a directory."""
    for path, entry in files(library, url).items():
        place = top / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        if entry.link is not None:
            place.symlink_to(entry.link)
        else:
            place.write_bytes(entry.data)
            place.chmod(entry.mode)
