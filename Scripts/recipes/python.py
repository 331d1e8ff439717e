"""Gives a script what it needs besides Python's own library."""

import importlib.util
import os
import shutil
import subprocess
import sys


def use_packages(home, *packages):
    """Starts the script anew with a Python that has the packages, which are installed into a directory
    where they are not there yet."""
    if os.environ.get("PYTHON_OF_SCRIPT") == sys.executable:
        return
    install_programs()
    wanted, done = "\n".join(packages), home / "packages"
    if not done.exists() or done.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run(
            [home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
            check=True,
        )
        done.write_text(wanted)
    python = str(home / "bin" / "python")
    os.execve(python, [python, *sys.argv], {**os.environ, "PYTHON_OF_SCRIPT": python})


def install_programs():
    missing = [name for name in ["curl", "git", "jq"] if not shutil.which(name)]
    if not importlib.util.find_spec("ensurepip"):
        missing.append("python3-venv")
    if not missing:
        return
    if not shutil.which("apt-get"):
        sys.exit(f"Please install {', '.join(missing)}, and run this again.")
    as_root = [] if os.getuid() == 0 else ["sudo"]
    subprocess.run([*as_root, "apt-get", "update", "-qq"], check=True)
    subprocess.run(
        [
            *as_root,
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            *missing,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
