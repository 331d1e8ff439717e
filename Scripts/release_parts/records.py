"""Copies of Swift's static libraries from which the linker may drop what nobody uses.

Swift keeps a record of each conformance and type in sections that the linker must retain (SHF_GNU_RETAIN), since
a dynamic cast looks for them by name at run time. So every program holds all of Foundation's types with all that
they refer to, and each cast to a protocol goes through all of their records. The command casts to no protocol of
the libraries named here; in the copies the linker may drop these sections as any other.
"""

import json
import pathlib
import struct

from .facts import Failure, output

LIBRARIES = (
    "libFoundationEssentials.a",
    "lib_FoundationCollections.a",
    "libswift_RegexParser.a",
    "libswift_StringProcessing.a",
)
RETAIN = 0x200000
ARCHIVE = b"!<arch>\n"


def static_libraries():
    """The directory with Swift's static libraries."""
    paths = json.loads(output("swift", "-print-target-info"))["paths"]
    return pathlib.Path(paths["runtimeResourcePath"] + "_static") / "linux"


def members(data):
    """Yields where each object of an archive begins."""
    position = len(ARCHIVE)
    while position + 60 <= len(data):
        size = int(data[position + 48 : position + 58])
        yield position + 60
        position += 60 + size + size % 2


def without_retained_sections(data):
    """The bytes of an archive of 64-bit little-endian ELF objects in which no section must be retained."""
    if not data.startswith(ARCHIVE):
        raise Failure("a static library of Swift is no archive")
    data, count = bytearray(data), 0
    for start in members(data):
        if data[start : start + 6] != b"\x7fELF\x02\x01":
            continue
        (table,) = struct.unpack_from("<Q", data, start + 40)
        size, number = struct.unpack_from("<HH", data, start + 58)
        for index in range(number):
            place = start + table + index * size + 8
            (flags,) = struct.unpack_from("<Q", data, place)
            if flags & RETAIN:
                struct.pack_into("<Q", data, place, flags & ~RETAIN)
                count += 1
    if count == 0:
        raise Failure("no section of a static library of Swift must be retained any more")
    return bytes(data)


def linker_flags(directory):
    """Writes the copies to a directory, and returns what makes the linker read them in place of Swift's."""
    directory.mkdir(parents=True, exist_ok=True)
    flags = []
    for name in LIBRARIES:
        copy = directory / name
        copy.write_bytes(without_retained_sections((static_libraries() / name).read_bytes()))
        flags.append(f"--remap-inputs=*/{name}={copy}")
    return flags
