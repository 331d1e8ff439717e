"""What other package managers and CI systems read: files with a version, addresses and sums in them."""

import re

from .archives import sha256
from .facts import SUMMARY, TEMPLATES, Failure

# Where each file goes, below the directory of the release.
PLACES = {
    "lamina.rb": "homebrew/lamina.rb",
    "krew.yaml": "krew/render.yaml",
    "action.yml": "github-action/action.yml",
    "component.yml": "gitlab-component/templates/render.yml",
}


def write(release, source, archive):
    values = {
        "VERSION": release.version,
        "URL": release.url,
        "DOWNLOADS": release.downloads,
        "SUMMARY": SUMMARY,
        "COMMIT": release.commit,
        "DATE": release.date,
        "SOURCE": source.name,
        "SOURCE_SHA256": sha256(source),
        "ARCHIVE": archive.name,
        "ARCHIVE_TOP": archive.name.removesuffix(".tar.gz"),
        "ARCHIVE_SHA256": sha256(archive),
        "MACHINE": release.machine,
        "ARCHITECTURE": release.architecture,
    }

    def value(match):
        if match[1] not in values:
            raise Failure(f"a template names @{match[1]}@, which is not known")
        return values[match[1]]

    written = []
    for name, place in PLACES.items():
        text = (TEMPLATES / name).read_text()
        target = release.output / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(re.sub(r"@([A-Z0-9_]+)@", value, text))
        written.append(target)
    return written
