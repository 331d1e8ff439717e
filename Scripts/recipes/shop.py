"""The repository that recipes are tried in."""

import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STAND_INS = ROOT / "Scripts" / "recipes"


class Failure(Exception):
    pass


def expect(condition, words):
    if not condition:
        raise Failure(words)


class Shop:
    """A repository with a base, two overlays and what a recipe shows; its origin has a branch for each
    kind of pull request."""

    STAGING = "overlays/staging/kustomization.yaml"
    PRODUCTION = "overlays/production/kustomization.yaml"

    def __init__(self, work, files, render):
        self.work, self.render = work, render
        self.origin, self.notes = work / "origin.git", work / "notes"
        self.home, self.programs = work / "home", work / "programs"
        self.home.mkdir()
        self.programs.mkdir()
        (self.programs / "render").symlink_to(render)
        (self.programs / "gh").symlink_to(STAND_INS / "gh")
        self.environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "NOTES": str(self.notes),
            "TMPDIR": str(work),
            "GIT_CONFIG_NOSYSTEM": "1",
            **{
                f"GIT_{who}_{what}": f"{who.lower()}@example.com"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        self.git(work, "init", "--quiet", "--bare", "--initial-branch=main", self.origin)
        first = self.clone("first")
        shutil.copytree(
            ROOT / "testdata" / "quickstart",
            first,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("expected.yaml"),
        )
        for name, text in files.items():
            place = first / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
            if text.startswith("#!"):
                place.chmod(0o755)
        self.commit(first, "main")
        self.change(first, "nothing", "README", "", "Nothing that is rendered.")
        self.change(first, "seven-workers", self.PRODUCTION, "count: 6", "count: 7")
        self.change(first, "nine-workers", self.PRODUCTION, "count: 6", "count: 9")
        self.change(first, "broken", self.STAGING, "resources:", "resources:\n- missing.yaml")

    def run(self, *words, cwd, status=0, **variables):
        """Runs a program, which must end with the status; None allows every one."""
        done = subprocess.run(
            [str(word) for word in words],
            cwd=cwd,
            text=True,
            env={**self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if status is not None and done.returncode != status:
            raise Failure(f"{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def git(self, cwd, *words):
        return self.run("git", *words, cwd=cwd).stdout.strip()

    def clone(self, name):
        self.git(self.work, "clone", "--quiet", self.origin, name)
        return self.work / name

    def commit(self, clone, branch):
        self.git(clone, "add", "--all")
        self.git(clone, "commit", "--quiet", "--message", branch)
        self.git(clone, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")

    def change(self, clone, branch, file, old, new):
        self.git(clone, "checkout", "--quiet", "-B", branch, "origin/main")
        place = clone / file
        text = place.read_text() if place.exists() else ""
        expect(old in text, f"{file} has no {old}")
        place.write_text(text.replace(old, new, 1))
        self.commit(clone, branch)

    def pull_request(self, branch):
        """A clone with the merge of the branch into main checked out, as a forge hands it out."""
        clone = self.clone(f"{branch}-{len(list(self.work.iterdir()))}")
        self.git(clone, "merge", "--quiet", "--no-ff", "--no-edit", f"origin/{branch}")
        self.git(clone, "checkout", "--quiet", "--detach")
        return clone

    def rendered(self, clone, root):
        return self.run(self.render, root, cwd=clone).stdout

    def asked(self):
        """What the noting stand-ins were asked, and forgets it."""
        text = self.notes.read_text() if self.notes.exists() else ""
        self.notes.unlink(missing_ok=True)
        return text.splitlines()

    def stand_in(self, name, directory=None):
        ((directory or self.programs) / name).symlink_to(STAND_INS / "noting")
