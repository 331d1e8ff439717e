"""Archives whose bytes depend on what is in them and on nothing else."""

import dataclasses
import gzip
import hashlib
import io
import pathlib
import tarfile


@dataclasses.dataclass(frozen=True)
class Entry:
    """A file or a symbolic link in an archive or a package."""

    data: bytes = b""
    is_program: bool = False
    link: str | None = None

    @property
    def mode(self):
        return 0o755 if self.is_program else 0o644


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def directories(paths):
    """The directories above paths, each before what it holds."""
    found = {str(parent) for path in paths for parent in pathlib.PurePosixPath(path).parents}
    return sorted(found - {"."})


def tar(entries, epoch):
    """The bytes of a tar archive of a mapping from paths to entries."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in directories(entries):
            archive.addfile(header(path, epoch, type=tarfile.DIRTYPE, mode=0o755))
        for path, entry in sorted(entries.items()):
            if entry.link is not None:
                archive.addfile(
                    header(path, epoch, type=tarfile.SYMTYPE, linkname=entry.link, mode=0o777)
                )
            else:
                described = header(path, epoch, size=len(entry.data), mode=entry.mode)
                archive.addfile(described, io.BytesIO(entry.data))
    return buffer.getvalue()


def header(path, epoch, **fields):
    described = tarfile.TarInfo(str(path))
    described.mtime = epoch
    for name, value in fields.items():
        setattr(described, name, value)
    return described


def gzipped(data):
    """Compressed without a name and a time."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as file:
        file.write(data)
    return buffer.getvalue()


def tar_gz(file, entries, epoch):
    file.write_bytes(gzipped(tar(entries, epoch)))
