"""The wheels for pip: `pip install lamina-render` puts the command into the PATH, and brings the module `lamina`.

The command runs everywhere. The shared object that the module loads needs a glibc that is new enough, so that there are
two wheels: pip takes the one with the library where that can run.
"""

import base64
import hashlib
import io
import time
import zipfile

from . import library
from .archives import Entry
from .facts import ROOT, SUMMARY

NAME = "lamina_render"
# pip copies what stands in scripts into bin; a link cannot stand in a wheel.
LAMINA = b"""\
#!/bin/sh
# Another name of render, which lies beside it.
exec "${0%/*}/render" "$@"
"""


def tags(release, shared):
    """The command is static and asks for no C library, so that it runs on glibc and on musl."""
    if shared:
        return ["py3-none-manylinux_{}_{}_{}".format(*library.glibc(shared), release.machine)]
    platforms = (f"manylinux_2_17_{release.machine}", f"manylinux2014_{release.machine}")
    return ["py3-none-" + name for name in (*platforms, f"musllinux_1_1_{release.machine}")]


def metadata(installation, release):
    fields = f"""\
Metadata-Version: 2.1
Name: lamina-render
Version: {release.version}
Summary: {SUMMARY}
Home-page: {release.url}
Maintainer-email: {release.maintainer}
License: Apache-2.0
Keywords: kubernetes,kustomize,yaml
Classifier: Environment :: Console
Classifier: Typing :: Typed
Classifier: License :: OSI Approved :: Apache Software License
Classifier: Operating System :: POSIX :: Linux
Requires-Python: >=3.7
Description-Content-Type: text/markdown
License-File: LICENSE
License-File: COPYRIGHT

"""
    return fields.encode() + installation.readme


def module(shared):
    """The files of the module; without the library it says why it cannot be imported."""
    directory = ROOT / "Sources" / "Python" / "lamina"
    files = {
        f"lamina/{file.name}": Entry(file.read_bytes())
        for file in sorted(directory.iterdir())
        if file.suffix == ".py" or file.name == "py.typed"
    }
    if shared:
        files["lamina/liblamina.so"] = Entry(shared.read_bytes(), is_program=True)
    return files


def contents(installation, release, shared):
    described = f"{NAME}-{release.version}.dist-info"
    data = f"{NAME}-{release.version}.data"
    wheel = ["Wheel-Version: 1.0", "Generator: lamina", "Root-Is-Purelib: false"]
    wheel += [f"Tag: {tag}" for tag in tags(release, shared)]
    share = f"{data}/data/share"
    files = {
        **module(shared),
        f"{data}/scripts/render": installation.program,
        f"{data}/scripts/lamina": Entry(LAMINA, is_program=True),
        f"{share}/bash-completion/completions/render": Entry(installation.completions["bash"]),
        f"{share}/zsh/site-functions/_render": Entry(installation.completions["zsh"]),
        f"{share}/fish/vendor_completions.d/render.fish": Entry(installation.completions["fish"]),
        f"{described}/METADATA": Entry(metadata(installation, release)),
        f"{described}/WHEEL": Entry(("\n".join(wheel) + "\n").encode()),
        f"{described}/licenses/LICENSE": Entry(installation.license),
        f"{described}/licenses/COPYRIGHT": Entry(installation.copyright),
    }
    for name, page in installation.pages.items():
        files[f"{share}/man/man1/{name}"] = Entry(page)
    record = f"{described}/RECORD"
    rows = [f"{path},{digest(entry.data)},{len(entry.data)}" for path, entry in files.items()]
    files[record] = Entry(("\n".join([*rows, f"{record},,"]) + "\n").encode())
    return files


def digest(data):
    text = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()
    return "sha256=" + text.rstrip("=")


def write(installation, release, shared=None):
    """Writes one of the two wheels: the one with the shared object, or the one without."""
    platforms = ".".join(tag.removeprefix("py3-none-") for tag in tags(release, shared))
    target = release.output / f"{NAME}-{release.version}-py3-none-{platforms}.whl"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, entry in contents(installation, release, shared).items():
            described = zipfile.ZipInfo(path, time.gmtime(release.epoch)[:6])
            described.compress_type = zipfile.ZIP_DEFLATED
            described.create_system = 3
            # A regular file with its permissions.
            described.external_attr = (0o100000 | entry.mode) << 16
            archive.writestr(described, entry.data)
    target.write_bytes(buffer.getvalue())
    return target
