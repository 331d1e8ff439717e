"""What every package installs: the program, completions, manual pages and licences."""

import pathlib
import sys
import tempfile

from .archives import Entry
from .facts import ROOT, TEMPLATES, Failure, output

SHELLS = ("bash", "zsh", "fish")


class Installation:
    def __init__(self, render, release):
        self.program = Entry(render.read_bytes(), is_program=True)
        self.completions = {shell: completion(render, shell) for shell in SHELLS}
        self.pages = manual_pages(render, release)
        self.license = (ROOT / "LICENSE").read_bytes()
        self.changes = (ROOT / "CHANGELOG.md").read_bytes()
        self.readme = (ROOT / "README.md").read_bytes()
        self.copyright = (TEMPLATES / "copyright").read_bytes()

    def archive(self, top):
        """The archive that people unpack by hand."""
        entries = {
            "render": self.program,
            "lamina": Entry(link="render"),
            "LICENSE": Entry(self.license),
            "COPYRIGHT": Entry(self.copyright),
            "CHANGELOG.md": Entry(self.changes),
            "README.md": Entry(self.readme),
            "completions/render.bash": Entry(self.completions["bash"]),
            "completions/_render": Entry(self.completions["zsh"]),
            "completions/render.fish": Entry(self.completions["fish"]),
        }
        entries |= {f"man/man1/{name}": Entry(page) for name, page in self.pages.items()}
        return {f"{top}/{path}": entry for path, entry in entries.items()}


def completion(render, shell):
    """The script for a shell. It is read by the shell and no program, so that no interpreter stands in it."""
    text = output(render, "completion", shell)
    if text.startswith("#!"):
        text = text.partition("\n")[2]
    return text.encode() + b"\n"


def manual_pages(render, release):
    """The pages by name: render.1, render-diff.1 and so on."""
    with tempfile.TemporaryDirectory() as directory:
        words = [sys.executable, ROOT / "Scripts" / "make-manual", directory]
        words += ["--render", render, "--date", release.date]
        output(*words)
        files = sorted(pathlib.Path(directory).iterdir())
        if not files:
            raise Failure("Scripts/make-manual made no page")
        return {file.name: file.read_bytes() for file in files}
