"""The bill of materials, as SPDX 2.3: what is linked into the command, and which version of it."""

import json
import re
import uuid

from .archives import sha256
from .facts import ROOT, Failure, output


# What only the command needs, and the C library, which the shared object finds on the machine.
NOT_IN_LIBRARY = {"swift-argument-parser", "glibc"}


def parser_version():
    """Which version of swift-argument-parser was built."""
    resolved = ROOT / "Package.resolved"
    if not resolved.exists():
        raise Failure("Package.resolved is missing: swift package resolve")
    for pin in json.loads(resolved.read_text())["pins"]:
        if pin["identity"] == "swift-argument-parser":
            return pin["state"]["version"]
    raise Failure("the package does not depend on swift-argument-parser")


def swift_version():
    found = re.search(r"Swift version (\S+)", output("swift", "--version"))
    if not found:
        raise Failure("swift --version names no version")
    return found[1]


def parts():
    """Name, version, licence and home of everything that is linked in, and of the command's compiler."""
    swift = swift_version()
    apache = "Apache-2.0 WITH Swift-exception"
    yield "swift-argument-parser", parser_version(), apache, "https://github.com/apple/swift-argument-parser"
    yield "swift", swift, apache, "https://github.com/swiftlang/swift"
    yield "swift-corelibs-libdispatch", swift, apache, "https://github.com/swiftlang/swift-corelibs-libdispatch"
    yield "libyaml", output(
        "pkg-config", "--modversion", "yaml-0.1"
    ), "MIT", "https://github.com/yaml/libyaml"
    libc = output("getconf", "GNU_LIBC_VERSION").split()[-1]
    yield "glibc", libc, "LGPL-2.1-or-later", "https://www.gnu.org/software/libc/"
    gcc = output("gcc", "-dumpfullversion")
    runtime = "GPL-3.0-or-later WITH GCC-exception-3.1"
    yield "gcc-runtime", gcc, runtime, "https://gcc.gnu.org/"


def package(name, version, license, home, **fields):
    return {
        "SPDXID": f"SPDXRef-{name}",
        "name": name,
        "versionInfo": version,
        "downloadLocation": home,
        "filesAnalyzed": False,
        "licenseConcluded": license,
        "licenseDeclared": license,
        "copyrightText": "NOASSERTION",
        **fields,
    }


def write(render, shared, release):
    linked = [package(*part) for part in parts()]
    sums = [{"algorithm": "SHA256", "checksumValue": sha256(render)}]
    command = package("lamina", release.version, "Apache-2.0", release.url, checksums=sums)
    command |= {"primaryPackagePurpose": "APPLICATION", "sourceInfo": f"commit {release.commit}"}
    # The library has no part that the command lacks.
    sums = [{"algorithm": "SHA256", "checksumValue": sha256(shared)}]
    library = package("liblamina", release.version, "Apache-2.0", release.url, checksums=sums)
    library |= {"primaryPackagePurpose": "LIBRARY", "sourceInfo": f"commit {release.commit}"}
    in_library = [part for part in linked if part["name"] not in NOT_IN_LIBRARY]
    name = f"lamina-{release.version}-linux-{release.machine}"
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": name,
        # Named after the bytes that it is about, so that another run names it alike.
        "documentNamespace": f"{release.url}/spdx/{name}-{uuid.uuid5(uuid.NAMESPACE_URL, sha256(render))}",
        "creationInfo": {
            "created": release.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: lamina-Scripts-release"],
        },
        "packages": [command, library, *linked],
        "relationships": [
            *(
                {
                    "spdxElementId": "SPDXRef-DOCUMENT",
                    "relationshipType": "DESCRIBES",
                    "relatedSpdxElement": described["SPDXID"],
                }
                for described in (command, library)
            ),
            *(
                {
                    "spdxElementId": owner["SPDXID"],
                    "relationshipType": "STATIC_LINK",
                    "relatedSpdxElement": part["SPDXID"],
                }
                for owner, parts in ((command, linked), (library, in_library))
                for part in parts
            ),
        ],
    }
    target = release.output / f"{name}.spdx.json"
    target.write_text(json.dumps(document, indent=2) + "\n")
    return target
