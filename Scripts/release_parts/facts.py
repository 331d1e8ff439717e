"""What is known of a release before anything is made."""

import dataclasses
import datetime
import os
import pathlib
import platform
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATES = pathlib.Path(__file__).resolve().parent / "templates"
SUMMARY = "Render kustomizations fast, byte for byte as kustomize does"
# The names that Debian, Go and OCI have for a machine.
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


class Failure(Exception):
    """Why no release can be made."""


def output(*words, **options):
    """The standard output of a program, without the last line break."""
    words = [str(word) for word in words]
    try:
        done = subprocess.run(
            words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, **options
        )
    except FileNotFoundError:
        raise Failure(f"{words[0]} is missing") from None
    except subprocess.CalledProcessError as error:
        raise Failure(f"{' '.join(words)} failed with status {error.returncode}") from None
    return done.stdout.rstrip("\n")


def source_version():
    """The version that the sources name."""
    text = (ROOT / "Sources" / "CRelease" / "CRelease.c").read_text()
    found = re.search(r'release_version\(void\) \{ return "([^"]+)"', text)
    if not found:
        raise Failure("Sources/CRelease/CRelease.c names no version")
    return found[1]


@dataclasses.dataclass(frozen=True)
class Release:
    version: str
    commit: str
    # Seconds since 1970, of the commit: every time stamp in the files.
    epoch: int
    url: str
    maintainer: str
    output: pathlib.Path
    machine: str

    @classmethod
    def of_checkout(cls, arguments):
        if not re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?", arguments.version):
            raise Failure(f"{arguments.version} is no semantic version, such as 0.1.0")
        machine = platform.machine()
        if platform.system() != "Linux" or machine not in ARCHITECTURES:
            raise Failure("releases are made on Linux, on x86_64 or aarch64")
        arguments.output.mkdir(parents=True, exist_ok=True)
        if any(arguments.output.iterdir()):
            raise Failure(f"{arguments.output} is not empty")
        return cls(
            version=arguments.version,
            commit=output("git", "rev-parse", "--short=12", "HEAD"),
            epoch=int(output("git", "log", "-1", "--format=%ct")),
            url=arguments.url.rstrip("/"),
            maintainer=arguments.maintainer or output("git", "log", "-1", "--format=%cn <%ce>"),
            output=arguments.output.resolve(),
            machine=machine,
        )

    @property
    def time(self):
        return datetime.datetime.fromtimestamp(self.epoch, datetime.timezone.utc)

    @property
    def date(self):
        return self.time.strftime("%Y-%m-%d")

    @property
    def architecture(self):
        return ARCHITECTURES[self.machine]

    @property
    def downloads(self):
        return f"{self.url}/releases/download/v{self.version}"

    @property
    def environment(self):
        """For the programs that make the files."""
        return {**os.environ, "SOURCE_DATE_EPOCH": str(self.epoch), "LC_ALL": "C.UTF-8"}

    def check_sources(self):
        """Refuses a checkout from which nobody could make the same release again."""
        if changes := output("git", "status", "--porcelain"):
            raise Failure(f"the working tree has changes:\n{changes}")
        if (named := source_version()) != self.version:
            raise Failure(f"Sources/CRelease/CRelease.c says {named}, not {self.version}")
        heading = f"## [{self.version}] - "
        if heading not in (ROOT / "CHANGELOG.md").read_text():
            raise Failure(f'CHANGELOG.md has no heading "{heading}DATE"')
