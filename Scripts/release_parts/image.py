"""The container image, as an archive of an OCI layout: the command, from scratch."""

import hashlib
import json

from .archives import Entry, gzipped, tar
from .facts import SUMMARY

LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
CONFIG = "application/vnd.oci.image.config.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"


def encoded(value):
    return json.dumps(value, indent=2).encode() + b"\n"


class Blobs:
    """The files of a layout that are named after their content."""

    def __init__(self):
        self.entries = {}

    def add(self, data, media_type, **fields):
        """Keeps the data and returns its descriptor."""
        digest = hashlib.sha256(data).hexdigest()
        self.entries[f"blobs/sha256/{digest}"] = Entry(data)
        return {
            "mediaType": media_type,
            "digest": f"sha256:{digest}",
            "size": len(data),
            **fields,
        }


def labels(release):
    return {
        "org.opencontainers.image.title": "lamina",
        "org.opencontainers.image.description": SUMMARY,
        "org.opencontainers.image.version": release.version,
        "org.opencontainers.image.revision": release.commit,
        "org.opencontainers.image.created": release.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "org.opencontainers.image.source": release.url,
        "org.opencontainers.image.licenses": "Apache-2.0",
    }


def layout(installation, release):
    files = {
        "usr/bin/render": installation.program,
        "usr/bin/lamina": Entry(link="render"),
        "usr/share/doc/lamina/LICENSE": Entry(installation.license),
        "usr/share/doc/lamina/COPYRIGHT": Entry(installation.copyright),
    }
    blobs = Blobs()
    layer = tar(files, release.epoch)
    described = labels(release)
    config = {
        "created": described["org.opencontainers.image.created"],
        "architecture": release.architecture,
        "os": "linux",
        "config": {
            # Nobody's: what is rendered is only read, and the stream goes to standard output.
            "User": "65532:65532",
            "Env": ["PATH=/usr/bin"],
            "Entrypoint": ["/usr/bin/render"],
            "WorkingDir": "/work",
            "Labels": described,
        },
        "rootfs": {
            "type": "layers",
            "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"],
        },
        "history": [
            {"created": described["org.opencontainers.image.created"], "comment": "Scripts/release"}
        ],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": blobs.add(encoded(config), CONFIG),
        "layers": [blobs.add(gzipped(layer), LAYER)],
        "annotations": described,
    }
    listed = blobs.add(
        encoded(manifest),
        MANIFEST,
        platform={"architecture": release.architecture, "os": "linux"},
        annotations={"org.opencontainers.image.ref.name": f"lamina:{release.version}"},
    )
    index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": [listed]}
    return blobs.entries | {
        "oci-layout": Entry(encoded({"imageLayoutVersion": "1.0.0"})),
        "index.json": Entry(encoded(index)),
    }


def write(installation, release):
    target = release.output / f"lamina-{release.version}-oci-{release.architecture}.tar"
    target.write_bytes(tar(layout(installation, release), release.epoch))
    return target
