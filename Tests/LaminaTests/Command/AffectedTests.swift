import Foundation
import Testing

/// `render affected`: the roots whose inputs changed since the merge base.
@Suite final class AffectedTests {
  private let fixture: RemoteFixture
  private let top: URL

  /// Two overlays of one base, of which `b` has a component, and a root of its own, on a branch `topic`.
  init() throws {
    fixture = try RemoteFixture()
    top = fixture.repositories.appending(path: "r")
    try fixture.makeRepository(
      "r",
      [
        "base/kustomization.yaml": "resources: [cm.yaml]\n",
        "base/cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n",
        "part/kustomization.yaml":
          "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -z\n",
        "overlays/a/kustomization.yaml": "namePrefix: a-\nresources: [../../base]\n",
        "overlays/b/kustomization.yaml":
          "resources: [../../base]\ncomponents: [../../part]\n",
        "own/kustomization.yaml": "configMapGenerator: [{name: g, envs: [a.env]}]\n",
        "own/a.env": "A=1\n", "README": "x\n",
      ])
    try git("checkout", "--quiet", "-b", "topic")
  }

  deinit { fixture.remove() }

  private func git(_ arguments: String...) throws {
    try fixture.git(["-C", top.path] + arguments)
  }

  private func write(_ text: String, to path: String) throws {
    let file = top.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: top.appending(path: path))
  }

  private func run(_ arguments: String..., in path: String = ".") throws -> RemoteFixture.Outcome {
    try fixture.render(["affected", "--base", "main"] + arguments, in: top.appending(path: path))
  }

  private func expect(_ names: String..., errors: String = "") throws {
    let outcome = try run()
    #expect(outcome.output == names.map { "\($0)\n" }.joined())
    #expect(outcome.errors == errors)
    #expect(outcome.status == 0)
  }

  @Test func nothingChanged() throws {
    try expect()
    let json = try run("--format", "json")
    #expect(json.output == "[]\n")
    #expect(json.status == 0)
  }

  @Test func whatNobodyReadsAffectsNothing() throws {
    try write("y\n", to: "README")
    try write("y\n", to: "overlays/a/notes.txt")
    try fixture.commit(["more": "z"], to: "r")
    try expect()
  }

  @Test func writtenAnewIsNotChanged() throws {
    try write("A=1\n", to: "own/a.env")
    try expect()
  }

  @Test func aBaseAffectsItsOverlays() throws {
    try write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\n", to: "base/cm.yaml")
    try expect("overlays/a", "overlays/b")
    try fixture.commit([:], to: "r")
    try expect("overlays/a", "overlays/b")
    let json = try run("--format", "json", "--all", "..", in: "own")
    #expect(json.output == "[\"../overlays/a\",\"../overlays/b\"]\n")
    let named = try run("own", "overlays/b")
    #expect(named.output == "overlays/b\n")
  }

  @Test func componentsAndGeneratorsFilesCount() throws {
    try write("A=2\n", to: "own/a.env")
    try expect("own")
    try write(
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -y\n",
      to: "part/kustomization.yaml")
    try expect("overlays/b", "own")
  }

  /// What happened on main since is no change of this branch.
  @Test func theMergeBaseIsCompared() throws {
    try git("checkout", "--quiet", "main")
    try fixture.commit(["own/a.env": "A=3\n"], to: "r")
    try git("checkout", "--quiet", "topic")
    try expect()
  }

  /// A second kustomization file makes the build fail, although nothing that it reads has changed.
  @Test func aFileThatAppearsCounts() throws {
    try git("checkout", "--quiet", "main")
    try fixture.commit(["own/kustomization.yml": "{}\n"], to: "r")
    try git("checkout", "--quiet", "-B", "topic", "main")
    try git("rm", "--quiet", "own/kustomization.yml")
    try git("commit", "--quiet", "--message", "x")
    try expect("own")
  }

  @Test func newAndRemovedRootsAreAffected() throws {
    try write("resources: [../../base]\n", to: "overlays/new/kustomization.yaml")
    try git("rm", "--quiet", "-r", "overlays/a")
    try remove("own/kustomization.yaml")
    try expect("overlays/new", "overlays/a", "own")
    let kept = try run("--omit-removed")
    #expect(kept.output == "overlays/new\n")
    let named = try run("overlays/a")
    #expect(named.output == "overlays/a\n")
    #expect(named.errors == "")
    #expect(named.status == 0)
  }

  @Test func whatIsWrongWithABaseIsSaidOnce() throws {
    try write("resources: [none.yaml]\n", to: "base/kustomization.yaml")
    let outcome = try run()
    #expect(outcome.output == "overlays/a\noverlays/b\n")
    #expect(outcome.errors.split(separator: "none.yaml\"").count == 2)
    #expect(outcome.status == 0)
  }

  /// What nothing includes any more is rendered by itself from now on.
  @Test func aBaseThatBecomesARootIsAffected() throws {
    try git("rm", "--quiet", "-r", "overlays")
    try expect("base", "overlays/a", "overlays/b")
    try git("checkout", "--quiet", "main", "--", "overlays")
    try write("resources: [../own]\n", to: "more/kustomization.yaml")
    try expect("more")
  }

  @Test func aRootThatFailsIsAffectedIfItFailsInAnotherWay() throws {
    try write("resources: [none.yaml]\n", to: "own/kustomization.yaml")
    try expect(
      "own",
      errors: """
        own/kustomization.yaml:1:13: error: cannot read resource "none.yaml": no such file or directory
            1 │ resources: [none.yaml]
              │             ^

        """)
    try fixture.commit([:], to: "r")
    try git("branch", "--force", "main")
    // Where nothing has changed, nothing is rendered.
    try expect()
    try write("new\n", to: "NOTES")
    let same = try run()
    #expect(same.output == "")
    #expect(same.errors.contains("cannot read resource"))
    #expect(same.status == 0)
  }

  @Test func aRootThatDidNotRenderIsAffectedNow() throws {
    try git("checkout", "--quiet", "main")
    try git("rm", "--quiet", "own/a.env")
    try git("commit", "--quiet", "--message", "x")
    try git("checkout", "--quiet", "-B", "topic", "main")
    try write("A=1\n", to: "own/a.env")
    try expect("own")
  }

  /// What git ignores has no history.
  @Test func ignoredFilesCountAsUnchanged() throws {
    try git("checkout", "--quiet", "main")
    try git("rm", "--quiet", "--cached", "own/a.env")
    try write("*.env\n", to: ".gitignore")
    try fixture.commit([:], to: "r")
    try git("checkout", "--quiet", "-B", "topic", "main")
    try write("A=5\n", to: "own/a.env")
    try expect()
  }

  /// helm reads charts by itself, and nobody is told what.
  @Test func allFilesOfAChartCount() throws {
    try fixture.write(
      """
      #!/bin/sh
      case $1 in
      version) echo v3.1.0 ;;
      template) printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: x\\n' ;;
      esac

      """, to: "helm")
    let helm = fixture.directory.appending(path: "work/helm").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: helm)
    let flags = ["--enable-helm", "--helm-command", helm]
    let chart = [
      "shop/kustomization.yaml": "helmCharts: [{name: c, releaseName: r}]\n",
      "shop/charts/c/values.yaml": "{}\n", "shop/charts/c/templates/cm.yaml": "a\n",
    ]
    try fixture.commit(chart, to: "r")
    try git("branch", "--force", "main")
    let files = try fixture.render(["deps", "shop"] + flags, in: top)
    #expect(
      files.output
        == "shop/kustomization.yaml\nshop/charts/c/values.yaml\nshop/charts/c/templates/cm.yaml\n")
    func affected() throws -> String {
      try fixture.render(["affected", "--base", "main"] + flags, in: top).output
    }
    #expect(try affected() == "")
    try write("b\n", to: "shop/charts/c/templates/cm.yaml")
    #expect(try affected() == "shop\n")
    try write("a\n", to: "shop/charts/c/templates/cm.yaml")
    try write("new\n", to: "shop/charts/c/templates/new.yaml")
    #expect(try affected() == "shop\n")
    try remove("shop/charts/c/templates/new.yaml")
    try remove("shop/charts/c/templates/cm.yaml")
    #expect(try affected() == "shop\n")
  }

  @Test func linksCountByWhatTheyLeadTo() throws {
    try git("checkout", "--quiet", "main")
    try FileManager.default.createSymbolicLink(
      atPath: top.appending(path: "now").path, withDestinationPath: "overlays/a")
    try fixture.commit([:], to: "r")
    try git("checkout", "--quiet", "-B", "topic", "main")
    let same = try run("now")
    #expect(same.output == "")
    try remove("now")
    try FileManager.default.createSymbolicLink(
      atPath: top.appending(path: "now").path, withDestinationPath: "overlays/b")
    let other = try run("now")
    #expect(other.output == "now\n")
    #expect(other.errors == "")
  }

  @Test func neitherIndexNorWorkingTreeAreTouched() throws {
    try write("A=1\n", to: "own/a.env")
    let index = top.appending(path: ".git/index")
    let before = try Data(contentsOf: index)
    try expect()
    #expect(try Data(contentsOf: index) == before)
  }

  @Test func troubleIsSaid() throws {
    let unknown = try fixture.render("affected", "--base", "none", in: top)
    #expect(unknown.errors == "error: there is no revision \"none\" in \(top.path)\n")
    #expect(unknown.status == 2)
    let typo = try run("overlays/c")
    #expect(typo.errors == "overlays/c: error: cannot read directory: no such file or directory\n")
    #expect(typo.output == "")
    #expect(typo.status == 2)
    let outside = try fixture.render("affected", "--base", "main")
    let work = fixture.directory.appending(path: "work").path
    #expect(outside.errors == "error: \(work) is not in a git repository\n")
    #expect(outside.status == 2)
  }
}
