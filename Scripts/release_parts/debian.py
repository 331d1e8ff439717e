"""The package for Debian and Ubuntu."""

import hashlib
import os
import pathlib
import tempfile
from email.utils import format_datetime

from .archives import Entry, gzipped
from .facts import SUMMARY, TEMPLATES, output

DOCUMENTS = "usr/share/doc/lamina"


def contents(installation, release):
    """What is installed, by path."""
    files = {
        "usr/bin/render": installation.program,
        "usr/bin/lamina": Entry(link="render"),
        # `kubectl render` looks for this name.
        "usr/bin/kubectl-render": Entry(link="render"),
        "usr/share/bash-completion/completions/render": Entry(installation.completions["bash"]),
        "usr/share/zsh/vendor-completions/_render": Entry(installation.completions["zsh"]),
        "usr/share/fish/vendor_completions.d/render.fish": Entry(installation.completions["fish"]),
        "usr/share/lintian/overrides/lamina": Entry((TEMPLATES / "lintian-overrides").read_bytes()),
        f"{DOCUMENTS}/copyright": Entry(installation.copyright),
        f"{DOCUMENTS}/changelog.gz": Entry(gzipped(installation.changes)),
        f"{DOCUMENTS}/changelog.Debian.gz": Entry(gzipped(debian_changes(release))),
    }
    for name, page in installation.pages.items():
        files[f"usr/share/man/man1/{name}.gz"] = Entry(gzipped(page))
    for name in ("lamina", "kubectl-render"):
        files[f"usr/share/man/man1/{name}.1.gz"] = Entry(link="render.1.gz")
    return files


def debian_changes(release):
    lines = [
        f"lamina ({release.version}-1) unstable; urgency=medium",
        "",
        "  * Package the release; changelog.gz says what is new in it.",
        "",
        f" -- {release.maintainer}  {format_datetime(release.time)}",
    ]
    return ("\n".join(lines) + "\n").encode()


def control(files, release):
    size = sum(len(entry.data) for entry in files.values())
    return f"""\
Package: lamina
Version: {release.version}-1
Architecture: {release.architecture}
Maintainer: {release.maintainer}
Installed-Size: {-(-size // 1024)}
Recommends: git
Suggests: helm
Section: devel
Priority: optional
Homepage: {release.url}
Description: {SUMMARY[0].lower()}{SUMMARY[1:]}
 Lamina prints what "kustomize build" prints for a directory of kustomization
 files. It needs milliseconds, says in which file, line and column a mistake
 is, compares what two revisions render, and looks for mistakes that
 kustomize passes over.
 .
 The command is called render; lamina is another name of it.
""".encode()


def write(installation, release):
    files = contents(installation, release)
    target = release.output / f"lamina_{release.version}-1_{release.architecture}.deb"
    with tempfile.TemporaryDirectory() as directory:
        top = pathlib.Path(directory) / "lamina"
        sums = "".join(
            f"{hashlib.md5(entry.data).hexdigest()}  {path}\n"
            for path, entry in sorted(files.items())
            if entry.link is None
        )
        described = {
            "DEBIAN/control": Entry(control(files, release)),
            "DEBIAN/md5sums": Entry(sums.encode()),
        }
        lay_out(top, files | described, release.epoch)
        words = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", top, target]
        output(*words, env=release.environment)
    return target


def lay_out(top, files, epoch):
    """Writes files below a directory, whatever the umask is."""
    for path, entry in files.items():
        place = top / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if entry.link is not None:
            place.symlink_to(entry.link)
        else:
            place.write_bytes(entry.data)
            place.chmod(entry.mode)
    for place in [*sorted(top.rglob("*"), reverse=True), top]:
        if place.is_dir() and not place.is_symlink():
            place.chmod(0o755)
        os.utime(place, (epoch, epoch), follow_symlinks=False)
