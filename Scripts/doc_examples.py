"""The commands that the documentation shows, and what they print.

A block of the kind `console` holds commands behind `$ ` and what they print. The commands of a page are run one
after the other by one user: in a new directory with the shipped example as `shop`, a git repository with one
commit. A line `...` stands for any lines.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^( *)```console\n(.*?)^\1```$", re.M | re.S)
IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
}


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "Docs").glob("*.md"))]


class Shop:
    """A directory with the example, in which the commands of one page run."""

    def __init__(self, work, render):
        self.directory = work / "shop"
        shutil.copytree(ROOT / "testdata" / "quickstart", self.directory)
        for file in self.directory.rglob("expected.yaml"):
            file.unlink()
        programs = work / "bin"
        programs.mkdir()
        (programs / "render").symlink_to(render)
        self.environment = {
            **os.environ,
            **IDENTITY,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(work),
            "LC_ALL": "C.UTF-8",
        }
        self.run("git init -q -b main . && git add -A && git commit -q -m example")

    def run(self, command):
        """What a command prints to either stream. Commands that change the directory do so for the next ones."""
        state = self.directory.parent / "state"
        script = f"{command}\nstatus=$?; pwd > {state}; exit $status"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.directory,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.directory = pathlib.Path(state.read_text().strip())
        return done.stdout


def calls(block):
    """Each command of a block with the lines that stand below it."""
    result = []
    for line in block.splitlines():
        if line.startswith("$ "):
            result.append((line[2:], []))
        elif line.startswith("> ") and result and not result[-1][1]:
            result[-1] = (result[-1][0] + "\n" + line[2:], [])
        elif result:
            result[-1][1].append(line)
    return result


def matches(shown, printed):
    """Whether the lines are those printed, where `...` stands for any number of them."""
    parts, part = [], []
    for line in shown:
        if line.strip() == "...":
            parts.append(part)
            part = []
        else:
            part.append(line)
    parts.append(part)
    if len(parts) == 1:
        return shown == printed
    if printed[: len(parts[0])] != parts[0]:
        return False
    place = len(parts[0])
    for part in parts[1:-1]:
        while printed[place : place + len(part)] != part:
            place += 1
            if place > len(printed):
                return False
        place += len(part)
    last = parts[-1]
    return not last or (printed[-len(last) :] == last and len(printed) - len(last) >= place)


def check(page, render, record=False):
    """Runs the commands of a page; returns how many there are, and the complaints."""
    text = page.read_text()
    count, complaints = 0, []
    with tempfile.TemporaryDirectory() as work:
        shop = Shop(pathlib.Path(os.path.realpath(work)), render)

        def run(match):
            nonlocal count
            lines = []
            for command, shown in calls(match[2]):
                count += 1
                printed = shop.run(command).rstrip("\n").split("\n")
                printed = [line.rstrip() for line in printed if line or len(printed) > 1]
                while shown and not shown[-1]:
                    shown.pop()
                lines.append("$ " + command.replace("\n", "\n> "))
                if matches(shown, printed):
                    lines += shown
                    continue
                lines += printed
                complaints.append(f"{page.name}: `{command}` prints\n" + "\n".join(printed))
            return f"{match[1]}```console\n" + "\n".join(lines) + f"\n{match[1]}```"

        text = BLOCK.sub(run, text)
    if record:
        page.write_text(text)
    return count, complaints
