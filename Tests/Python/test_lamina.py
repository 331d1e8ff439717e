"""The module against the command: the same bytes, through every call.

LAMINA_COMMAND is the command, LAMINA_TESTDATA the directory with the recorded cases.
"""

import os
import pathlib
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import lamina
import pytest

COMMAND = os.environ["LAMINA_COMMAND"]
TESTDATA = pathlib.Path(os.environ["LAMINA_TESTDATA"])
SHOP = TESTDATA / "quickstart"
BASE = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: blue\n"
FILES = {
    "base/kustomization.yaml": "resources: [cm.yaml]\n",
    "base/cm.yaml": BASE,
    "dev/kustomization.yaml": b"resources: [../base]\nnamePrefix: dev-\n",
}
RENDERED = b"""\
apiVersion: v1
data:
  colour: blue
kind: ConfigMap
metadata:
  name: dev-settings
"""


def command(*words, cwd, status=0):
    done = subprocess.run([COMMAND, *map(str, words)], cwd=cwd, capture_output=True)
    assert done.returncode == status, done.stderr.decode()
    return done


def in_memory(directory):
    return {
        str(file.relative_to(directory)): file.read_bytes()
        for file in directory.rglob("*")
        if file.is_file()
    }


def renderable():
    """Recorded cases that the command renders without options."""
    for expected in sorted(TESTDATA.glob("*/*/expected.yaml")):
        if (expected.parent / "kustomization.yaml").exists():
            yield expected.parent


CASES = list(renderable())


def test_there_are_cases():
    assert len(CASES) > 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.relative_to(TESTDATA)))
def test_renders_what_the_command_renders(case):
    done = subprocess.run([COMMAND, "build", case.name], cwd=case.parent, capture_output=True)
    top = case.parent
    files = in_memory(case)
    files = {f"{case.name}/{name}": data for name, data in files.items()}
    if done.returncode != 0:
        with pytest.raises(lamina.LaminaError) as caught:
            lamina.render(case.name, files=lamina.Files(files))
        assert caught.value.diagnostics
        return
    try:
        rendering = lamina.render(case.name, files)
    except lamina.LaminaError:
        # It reads files outside of its directory.
        rendering = lamina.render(top / case.name)
    assert rendering.yaml == done.stdout
    assert b"---\n".join(resource.yaml for resource in rendering.resources) == rendering.yaml


def test_renders_memory():
    rendering = lamina.render("dev", FILES)
    assert rendering.yaml == RENDERED
    assert str(rendering) == RENDERED.decode()
    assert rendering.warnings == ()
    assert rendering.files_read == (
        "/dev/kustomization.yaml",
        "/base/kustomization.yaml",
        "/base/cm.yaml",
    )
    (resource,) = rendering.resources
    assert (resource.api_version, resource.kind, resource.name) == (
        "v1",
        "ConfigMap",
        "dev-settings",
    )
    assert resource.namespace is None
    assert resource.yaml == RENDERED
    assert resource.origin == "base/cm.yaml:1:1"
    assert resource.file_name == "v1_configmap_dev-settings.yaml"


def test_renders_the_disk():
    overlay = SHOP / "overlays" / "production"
    expected = (overlay / "expected.yaml").read_bytes()
    assert lamina.render(overlay).yaml == expected
    assert lamina.render(str(overlay)).yaml == expected
    patched = lamina.Files.on_disk({overlay / "kustomization.yaml": "resources: [../nothing]\n"})
    with pytest.raises(lamina.LaminaError):
        lamina.render(overlay, patched)


def test_errors_are_the_commands(tmp_path):
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "kustomization.yaml").write_text("resource: [a.yaml]\nnamePrefix: 7\n")
    said = command("dev", cwd=tmp_path, status=1).stderr.decode()
    with pytest.raises(lamina.LaminaError) as caught:
        lamina.render("dev", in_memory(tmp_path))
    assert str(caught.value) + "\n" == said
    diagnostic = caught.value.diagnostics[0]
    assert (diagnostic.file, diagnostic.line, diagnostic.severity) == (
        "dev/kustomization.yaml",
        1,
        "error",
    )
    assert str(diagnostic).startswith("dev/kustomization.yaml:1:1: error: ")
    assert diagnostic.fields["message"] == diagnostic.message


def test_wrong_calls_are_value_errors():
    with pytest.raises(ValueError, match='there is no option "no"'):
        call = lamina._Call(None, {"no": 1})
        call.run(lamina._native.lamina_render, call.root("dev", FILES))
    with pytest.raises(lamina.InvalidCallError, match="did you mean"):
        lamina.render("dev", FILES, options=lamina.Options(compat="nxt"))
    with pytest.raises(lamina.InvalidCallError, match="root is empty"):
        lamina.render("", FILES)
    with pytest.raises(ValueError, match="holds a zero"):
        lamina.render("a\0b", FILES)
    with pytest.raises(ValueError, match="no path"):
        lamina.Files({"": "x"})
    with pytest.raises(ValueError, match="holds a zero"):
        lamina.Files({"a\0": "x"})
    with pytest.raises(TypeError):
        lamina.render(5)


def test_options():
    outside = {**FILES, "dev/kustomization.yaml": "resources: [../base/cm.yaml]\n"}
    with pytest.raises(lamina.LaminaError):
        lamina.render("dev", outside)
    free = lamina.Options(load_restrictor="LoadRestrictionsNone", managed_by_label=True)
    assert b"managed-by" in lamina.render("dev", outside, options=free).yaml
    rooted = lamina.Options(load_root="/")
    assert b"settings" in lamina.render("dev", outside, options=rooted).yaml
    limited = lamina.Options(limits=lamina.Limits(nodes=10, seconds=60))
    with pytest.raises(lamina.LaminaError, match="10 values"):
        lamina.render("dev", FILES, options=limited)
    functions = lamina.Options(
        helm=lamina.HelmOptions(command="no-such-helm", timeout=5, api_versions=("a/v1",)),
        functions=lamina.FunctionOptions(programs=True, environment=("A=b",)),
    )
    assert lamina.render("dev", FILES, options=functions).yaml == RENDERED


def test_patches():
    merged = lamina.patch(
        BASE, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n"
    )
    assert b"  a: b\n  colour: blue\n" in merged
    removed = lamina.patch(BASE.encode(), '[{"op": "remove", "path": "/data"}]', type="json")
    assert b"colour" not in removed
    second = "# mine\napiVersion: v1\nkind: Secret\nmetadata: {name: x}\n"
    aimed = lamina.patch(
        BASE + "---\n" + second,
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n",
        target={"kind": "ConfigMap"},
        allow_name_change=True,
        keep_rest=True,
    )
    assert b"name: other" in aimed and aimed.endswith(second.encode())
    with pytest.raises(lamina.LaminaError, match="mine.json:1:"):
        lamina.patch(BASE, '[{"op": "remove", "path": "/no"}]', type="json", patch_name="mine.json")


@pytest.mark.parametrize("format", ["text", "unified", "markdown", "json", "html"])
def test_diff_is_the_commands(tmp_path, format):
    for name, content in FILES.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    said = command("diff", "base", "dev", "--format", format, cwd=tmp_path, status=1).stdout
    compared = lamina.diff(
        lamina.Root("base", FILES),
        lamina.Root("dev", FILES),
        format=format,
        old_name="base",
        new_name="dev",
    )
    assert compared.different
    assert compared.report == said


def test_diff_takes_streams_and_renderings():
    rendering = lamina.render("dev", FILES)
    same = lamina.diff(rendering, lamina.Root("dev", FILES))
    assert not same.different
    other = lamina.diff(RENDERED.replace(b"blue", b"red"), rendering, ignore=["data.colour"])
    assert not other.different
    with pytest.raises(lamina.LaminaError):
        lamina.diff(rendering, lamina.Root("dev", {"dev/kustomization.yaml": "resources: [a]\n"}))


@pytest.mark.parametrize("format", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_lint_is_the_commands(tmp_path, format):
    files = {
        **FILES,
        "dev/kustomization.yaml": "resources: [../base]\npatches:\n"
        '- target: {kind: ConfigMap, name: setings}\n  patch: \'[{"op": "remove", "path": "/data"}]\'\n',
    }
    for name, content in files.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(content)
    said = command("lint", "dev", "base", "--diagnostics", format, cwd=tmp_path, status=1).stdout
    report = lamina.lint("dev", "base", files=files, format=format)
    assert report.renders
    assert report.report == said
    assert [finding.severity for finding in report.findings] == ["warning"]


def test_lint_of_what_does_not_render():
    report = lamina.lint("dev", files={"dev/kustomization.yaml": "resources: [a.yaml]\n"})
    assert not report.renders
    assert report.findings[0].severity == "error"
    with pytest.raises(lamina.LaminaError, match="lamina.yaml:1:"):
        lamina.lint("dev", files=FILES, options=lamina.Options(settings="lint: {rules: {no: off}}"))


def test_lint_masks_secrets():
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  p: !!int hunter2hunter2\n"
    files = {"dev/kustomization.yaml": "resources: [a.yaml]\n", "dev/a.yaml": secret}
    assert b"p: (secret)" in lamina.lint("dev", files=files).report
    assert b"hunter2hunter2" in lamina.lint("dev", files=files, show_secrets=True).report


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_explain_is_the_commands(tmp_path, format):
    for name, content in FILES.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    said = command("explain", "dev", "cm/dev-settings", "--format", format, cwd=tmp_path).stdout
    explained = lamina.explain("dev", "cm/dev-settings", files=FILES, format=format)
    assert explained.report == said
    assert explained.missing == ()


def test_explain_says_what_is_missing():
    explained = lamina.explain("dev", "cm/dev-setings", files=FILES)
    assert explained.missing == (("cm/dev-setings", 'did you mean "cm/dev-settings"?'),)


class Tree(lamina.Source):
    """A dictionary behind callbacks."""

    def __init__(self, files):
        self.files = files
        self.threads = set()

    def is_file(self, path):
        return path.lstrip("/") in self.files

    def is_directory(self, path):
        return path == "/" or any(f"/{name}".startswith(f"{path}/") for name in self.files)

    def read(self, path):
        self.threads.add(threading.get_ident())
        content = self.files[path.lstrip("/")]
        if isinstance(content, Exception):
            raise content
        return content.encode() if isinstance(content, str) else content

    def names(self, path):
        return [name.rpartition("/")[2] for name in self.files if f"/{name}".startswith(path)]


def test_reads_through_python():
    tree = Tree(FILES)
    assert lamina.render("dev", tree).yaml == RENDERED
    assert threading.get_ident() not in tree.threads
    broken = Tree({**FILES, "base/cm.yaml": OSError("the disk is gone")})
    with pytest.raises(lamina.LaminaError, match="OSError: the disk is gone"):
        lamina.render("dev", broken)
    misspelt = Tree({"a/kustomization.yaml": "resources: [setings.yaml]", "a/settings.yaml": BASE})
    with pytest.raises(lamina.LaminaError, match='did you mean "settings.yaml"'):
        lamina.render("a", misspelt)


def test_cancels():
    cancel = lamina.Cancel()
    assert lamina.render("dev", FILES, cancel=cancel).yaml == RENDERED
    cancel.trigger()
    with pytest.raises(lamina.CancelledError):
        lamina.render("dev", FILES, cancel=cancel)


class Endless(lamina.Source):
    """Each layer stands on another one, without end."""

    def __init__(self):
        self.count = 0

    def is_file(self, path):
        return path.endswith("/kustomization.yaml")

    def is_directory(self, path):
        return "ustomization" not in path

    def read(self, path):
        self.count += 1
        return f"resources: [../l{self.count}]\n".encode()


def test_another_thread_cancels():
    source, cancel = Endless(), lamina.Cancel()

    def trigger():
        while source.count < 20:
            time.sleep(0.001)
        cancel.trigger()

    thread = threading.Thread(target=trigger)
    thread.start()
    with pytest.raises(lamina.CancelledError):
        lamina.render("l", source, cancel=cancel)
    thread.join()


def test_sixty_four_threads():
    files = lamina.Files(FILES)
    expected = lamina.render(SHOP / "overlays" / "production").yaml
    start = threading.Barrier(64)

    def work(number):
        start.wait()
        for _ in range(5):
            assert lamina.render("dev", files).yaml == RENDERED
            assert lamina.render(SHOP / "overlays" / "production").yaml == expected
            assert lamina.render("dev", Tree(FILES)).yaml == RENDERED
            files.add(f"more/{number}", "text")
        return number

    with ThreadPoolExecutor(64) as pool:
        assert list(pool.map(work, range(64))) == list(range(64))


def test_lets_the_interpreter_run():
    """A build that reads through Python would never end if it held the interpreter's lock."""
    reached = threading.Event()

    class Waiting(Tree):
        def read(self, path):
            assert reached.wait(30)
            return super().read(path)

    results = []
    thread = threading.Thread(target=lambda: results.append(lamina.render("dev", Waiting(FILES))))
    thread.start()
    assert lamina.render("dev", FILES).yaml == RENDERED
    reached.set()
    thread.join()
    assert results[0].yaml == RENDERED


def test_versions():
    assert lamina.__version__ in command("--version", cwd=".").stdout.decode()
