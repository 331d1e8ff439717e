import Foundation
import Testing

/// `render golden`: files that hold what roots render.
@Suite final class GoldenTests {
  private let fixture: RemoteFixture

  /// A base and two overlays.
  init() throws {
    fixture = try RemoteFixture()
    try fixture.git("init", "--quiet", fixture.directory.appending(path: "work").path)
    try write("base/kustomization.yaml", "resources: [cm.yaml]\n")
    try write("base/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    for overlay in ["a", "b"] {
      try write(
        "overlays/\(overlay)/kustomization.yaml",
        "namePrefix: \(overlay)-\nresources: [../../base]\n")
    }
  }

  deinit { fixture.remove() }

  private func write(_ path: String, _ text: String) throws { try fixture.write(text, to: path) }

  private func file(_ path: String) -> URL { fixture.directory.appending(path: "work/\(path)") }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: file(path), encoding: .utf8)
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: file(path).path)
  }

  private func golden(_ overlay: String, _ name: String? = nil) -> String {
    """
    # Rendered from overlays/\(overlay) by `render golden update`; do not edit.
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: \(name ?? "\(overlay)-x")

    """
  }

  private func expect(
    _ arguments: String..., in directory: String = ".", output: String = "", errors: String = "",
    status: Int32 = 0
  ) throws {
    let outcome = try fixture.render(["golden"] + arguments, in: file(directory))
    #expect(outcome.output == output)
    #expect(outcome.errors == errors)
    #expect(outcome.status == status)
  }

  // MARK: - Updating

  /// A file of somebody else's may be the source of the rendering.
  @Test func onlyGoldenFilesAreReplaced() throws {
    try write("overlays/a/golden.yaml", "kind: Own\n")
    try expect(
      "update", "overlays/a", output: "",
      errors: """
        overlays/a/golden.yaml: error: the file is no golden file, and is not replaced; move it, or choose \
        another name under golden in lamina.yaml

        """, status: 2)
    #expect(try read("overlays/a/golden.yaml") == "kind: Own\n")
    try write("overlays/a/golden.yaml", "")
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
  }

  @Test func aGoldenFileStandsInItsDirectory() throws {
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
    #expect(try read("overlays/a/golden.yaml") == golden("a"))
    #expect(!exists("overlays/b/golden.yaml"))
    try expect("update", output: "wrote overlays/b/golden.yaml\n")
    try expect("update")
    try expect("check", output: "2 golden files are as rendered\n")
    try expect("check", ".", in: "overlays/a", output: "1 golden file is as rendered\n")
  }

  @Test func goldenFilesMayStandInADirectoryOfTheirOwn() throws {
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
    try write("lamina.yaml", "golden: {directory: tests/golden}\n")
    try expect(
      "update", in: "overlays/b",
      output: """
        wrote ../../tests/golden/overlays/a.yaml
        wrote ../../tests/golden/overlays/b.yaml
        removed ../a/golden.yaml

        """)
    #expect(try read("tests/golden/overlays/b.yaml") == golden("b"))
    try expect("check", "--all", "overlays", output: "2 golden files are as rendered\n")
  }

  @Test func eachResourceMayHaveAFile() throws {
    try write("lamina.yaml", "golden: {layout: resources}\n")
    try write(
      "overlays/a/more.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: y}\n")
    try write(
      "overlays/a/kustomization.yaml",
      "namePrefix: a-\nresources: [../../base, more.yaml]\n")
    try write("overlays/a/golden/own.yaml", "# not written by render\n")
    try expect(
      "update", "overlays/a",
      output: """
        wrote overlays/a/golden/v1_configmap_a-x.yaml
        wrote overlays/a/golden/v1_service_a-y.yaml

        """)
    #expect(try read("overlays/a/golden/v1_configmap_a-x.yaml") == golden("a"))
    try write("overlays/a/kustomization.yaml", "namePrefix: a-\nresources: [../../base]\n")
    try expect(
      "update", "overlays/a", output: "removed overlays/a/golden/v1_service_a-y.yaml\n")
    #expect(try read("overlays/a/golden/own.yaml") == "# not written by render\n")
    try write("lamina.yaml", "")
    try expect(
      "update", "overlays/a",
      output: """
        wrote overlays/a/golden.yaml
        removed overlays/a/golden/v1_configmap_a-x.yaml

        """)
  }

  @Test func staleFilesAreRemoved() throws {
    try write("lamina.yaml", "golden: {directory: golden}\n")
    try write("golden/README.yaml", "# mine\n")
    try expect(
      "update", output: "wrote golden/overlays/a.yaml\nwrote golden/overlays/b.yaml\n")
    try FileManager.default.removeItem(at: file("overlays/b"))
    try expect("update", "overlays/a")
    #expect(exists("golden/overlays/b.yaml"))
    try expect("update", output: "removed golden/overlays/b.yaml\n")
    try write("lamina.yaml", "golden: {directory: other}\n")
    try expect("update", output: "wrote other/overlays/a.yaml\n")
    #expect(exists("golden/README.yaml"))
  }

  @Test func whatDoesNotRenderKeepsItsGoldenFile() throws {
    try expect(
      "update", output: "wrote overlays/a/golden.yaml\nwrote overlays/b/golden.yaml\n")
    try write("overlays/a/kustomization.yaml", "resources: [none.yaml]\n")
    try write("overlays/b/kustomization.yaml", "namePrefix: c-\nresources: [../../base]\n")
    let failure = """
      overlays/a/kustomization.yaml:1:13: error: cannot read resource "none.yaml": no such file or directory
          1 │ resources: [none.yaml]
            │             ^

      """
    try expect("update", output: "wrote overlays/b/golden.yaml\n", errors: failure, status: 2)
    #expect(try read("overlays/a/golden.yaml") == golden("a"))
    #expect(try read("overlays/b/golden.yaml") == golden("b", "c-x"))
    try expect(
      "check",
      output: """
        overlays/a: does not render

        \(failure)
        1 of 2 golden files are out of date; run `render golden update`

        """, status: 2)
  }

  @Test func whatCannotBeWrittenIsSaid() throws {
    try write("lamina.yaml", "golden: {directory: golden}\n")
    try write("golden", "a file")
    try expect(
      "update", "overlays/a",
      errors: "golden/overlays/a.yaml: error: cannot write: not a directory\n", status: 2)
  }

  // MARK: - Checking

  @Test func missingAndOrphanedFilesAreReported() throws {
    try expect("update", "overlays/b", output: "wrote overlays/b/golden.yaml\n")
    try FileManager.default.removeItem(at: file("overlays/b/kustomization.yaml"))
    try expect(
      "check",
      output: """
        overlays/a: there is no golden file overlays/a/golden.yaml
        overlays/b/golden.yaml: there is no root overlays/b
        2 of 2 golden files are out of date; run `render golden update`

        """, status: 1)
  }

  @Test func whatDiffersIsSaidOfTheObjects() throws {
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
    try write(
      "base/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {k: v}\n")
    try expect(
      "check", "overlays/a",
      output: """
        overlays/a: differs from overlays/a/golden.yaml

        overlays/a  (golden → rendered)

          ± ConfigMap a-x  v1
            + data  # base/cm.yaml:4
              + k: v

        1 resource changed

        1 of 1 golden files are out of date; run `render golden update`

        """, status: 1)
  }

  @Test func aGoldenFileThatCannotBeReadIsNotMissing() throws {
    try write("overlays/a/golden.yaml/file", "")
    try expect(
      "check", "overlays/a",
      output: """
        overlays/a: cannot read overlays/a/golden.yaml: is a directory
        1 of 1 golden files are out of date; run `render golden update`

        """, status: 2)
  }

  @Test func theHeaderIsNoPartOfTheFirstObject() throws {
    func write(service name: String) throws {
      try self.write(
        "overlays/a/more.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: \(name)}\n")
    }
    try self.write(
      "overlays/a/kustomization.yaml", "namePrefix: a-\nresources: [../../base, more.yaml]\n")
    try write(service: "y")
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
    try write(service: "z")
    try expect(
      "check", "overlays/a",
      output: """
        overlays/a: differs from overlays/a/golden.yaml

        overlays/a  (golden → rendered)

          - Service a-y  v1  # overlays/a/golden.yaml:7
            ! the Service goes away where what is no longer applied is pruned
            - apiVersion: v1
            - kind: Service
            - metadata:
            -   name: a-y

          + Service a-z  v1  # overlays/a/more.yaml:1
            + apiVersion: v1
            + kind: Service
            + metadata:
            +   name: a-z

        1 resource added, 1 removed
        ! removed: 1

        1 of 1 golden files are out of date; run `render golden update`

        """, status: 1)
  }

  @Test func everyByteCounts() throws {
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
    for text in [
      golden("a") + "# more\n", golden("a", "\"a-x\""), String(golden("a").dropLast()),
      golden("a").replacing("overlays/a", with: "overlays/./a"),
      golden("a").replacing(/#.*\n/, with: ""),
    ] {
      try write("overlays/a/golden.yaml", text)
      try expect(
        "check", "overlays/a",
        output: """
          overlays/a: differs from overlays/a/golden.yaml

          The objects are the same: only comments, quotes, or the order of keys or resources differ.

          1 of 1 golden files are out of date; run `render golden update`

          """, status: 1)
    }
    try write("overlays/a/golden.yaml", "a: [")
    let broken = try fixture.render("golden", "check", "overlays/a")
    #expect(
      broken.output.hasPrefix(
        "overlays/a: differs from overlays/a/golden.yaml\n\noverlays/a/golden.yaml:1:"))
    #expect(broken.status == 1)
  }

  @Test func resourcesOfTheirOwnFilesAreCompared() throws {
    try write("lamina.yaml", "golden: {layout: resources, directory: g}\n")
    try expect(
      "update", "overlays/a", output: "wrote g/overlays/a/v1_configmap_a-x.yaml\n")
    try write(
      "base/cm.yaml",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: y}\n"
    )
    let outcome = try fixture.render("golden", "check", "overlays/a")
    #expect(outcome.output.hasPrefix("overlays/a: differs from g/overlays/a/v1_service_a-y.yaml\n"))
    #expect(outcome.output.contains("\n1 resource added\n"))
    #expect(outcome.status == 1)
  }

  private func writeSecret(_ value: String) throws {
    try write(
      "overlays/a/secret.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {p: \(value)}\n")
    try write("overlays/a/kustomization.yaml", "resources: [secret.yaml]\n")
  }

  @Test func secretsDoNotStandInGoldenFiles() throws {
    try writeSecret("hunter2")
    try expect(
      "update", "overlays/a",
      output: "wrote overlays/a/golden.yaml\noverlays/a: masked 1 secret value\n")
    let golden = try read("overlays/a/golden.yaml")
    #expect(golden.hasSuffix("stringData:\n  p: (secret, 7 bytes)\n"))
    try expect("check", "overlays/a", output: "1 golden file is as rendered\n")
    try expect("update", "overlays/a", output: "")
    // Another value of the same length looks the same.
    try writeSecret("hunter3")
    try expect("check", "overlays/a", output: "1 golden file is as rendered\n")
    try writeSecret("hunter")
    let outcome = try fixture.render("golden", "check", "overlays/a")
    #expect(outcome.output.contains("stringData.p"))
    #expect(!outcome.output.contains("hunter"))
    #expect(outcome.status == 1)
  }

  /// The hash in the name tells that a value has changed, which its mask does not.
  @Test func aGeneratedSecretOfTheSameLengthIsTold() throws {
    func writeGenerator(_ value: String) throws {
      try write(
        "overlays/a/kustomization.yaml",
        "secretGenerator:\n- name: s\n  literals: [p=\(value)]\n")
    }
    try writeGenerator("hunter2")
    _ = try fixture.render("golden", "update", "overlays/a")
    try writeGenerator("hunter3")
    let outcome = try fixture.render("golden", "check", "overlays/a")
    #expect(
      outcome.output.contains(
        "\n\nOnly content hashes in names differ: a secret value is another one of the same length. "
      ),
      "\(outcome.output)")
    #expect(!outcome.output.contains("order"))
    #expect(outcome.status == 1)
  }

  @Test func aKeyedHashShowsThatASecretChanged() throws {
    try writeSecret("hunter2")
    try write("key", "0123456789abcdef\n")
    try write("short", "0123\n")
    try expect(
      "update", "overlays/a", "--secret-key", "key",
      output: "wrote overlays/a/golden.yaml\noverlays/a: wrote 1 secret value as a keyed hash\n")
    let golden = try read("overlays/a/golden.yaml")
    #expect(!golden.contains("hunter"))
    try expect(
      "check", "overlays/a", "--secret-key", "key", output: "1 golden file is as rendered\n")
    try writeSecret("hunter3")
    let outcome = try fixture.render("golden", "check", "overlays/a", "--secret-key", "key")
    #expect(outcome.output.contains("stringData.p"))
    #expect(outcome.status == 1)
    let short = try fixture.render("golden", "check", "overlays/a", "--secret-key", "short")
    #expect(short.errors == "short: error: the key has 4 bytes; 16 are needed\n")
    #expect(short.status == 2)
  }

  @Test func settingsMayShowSecrets() throws {
    try writeSecret("hunter2")
    try write("lamina.yaml", "golden: {showSecrets: true}\n")
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
    #expect(try read("overlays/a/golden.yaml").contains("p: hunter2\n"))
  }

  @Test func secretsAreMaskedInReports() throws {
    try writeSecret("hunter2")
    try expect(
      "update", "overlays/a", "--show-secrets", output: "wrote overlays/a/golden.yaml\n")
    try writeSecret("hunter3")
    let outcome = try fixture.render("golden", "check", "overlays/a", "--show-secrets")
    #expect(outcome.output.contains("stringData.p"))
    #expect(!outcome.output.contains("hunter"))
    #expect(outcome.status == 1)
  }

  /// The lengths are those of the values, and the places those of the files that hold them.
  @Test func masksAreComparedWithMasks() throws {
    try writeSecret("hunter2")
    _ = try fixture.render("golden", "update", "overlays/a")
    try writeSecret("hunter")
    let outcome = try fixture.render("golden", "check", "overlays/a")
    #expect(
      outcome.output.contains("stringData.p: (secret, 7 bytes) → (secret, 6 bytes)"),
      "\(outcome.output)")
    #expect(outcome.output.contains("# overlays/a/secret.yaml:4"), "\(outcome.output)")
    // What stays masked is no difference of layout.
    try write(
      "overlays/a/secret.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {a: b}}\nstringData: {p: hunter2}\n"
    )
    let label = try fixture.render("golden", "check", "overlays/a")
    #expect(label.output.contains("metadata.labels") && !label.output.contains("stringData"))
    #expect(!label.output.contains("layout"))
  }

  @Test func goldenFilesWithOtherMasksAreNotTakenForChanges() throws {
    try writeSecret("hunter2")
    try write("key", "0123456789abcdef\n")
    _ = try fixture.render("golden", "update", "overlays/a", "--secret-key", "key")
    let without = try fixture.render("golden", "check", "overlays/a")
    #expect(
      without.output.contains(
        "1 secret value stands as a hash in the golden file; give the --secret-key with which it was written."
      ), "\(without.output)")
    #expect(!without.output.contains("stringData"), "\(without.output)")
    #expect(without.status == 1)
    _ = try fixture.render("golden", "update", "overlays/a")
    let with = try fixture.render("golden", "check", "overlays/a", "--secret-key", "key")
    #expect(with.output.contains("it was written without --secret-key."), "\(with.output)")
    #expect(!with.output.contains("stringData"), "\(with.output)")
    let shown = try fixture.render("golden", "check", "overlays/a", "--show-secrets")
    #expect(shown.output.contains("it was written without --show-secrets."), "\(shown.output)")
    #expect(!shown.output.contains("hunter"))
  }

  @Test func unmaskedValuesInGoldenFilesAreTold() throws {
    try writeSecret("hunter2")
    _ = try fixture.render("golden", "update", "overlays/a", "--show-secrets")
    let outcome = try fixture.render("golden", "check", "overlays/a")
    #expect(
      outcome.output.contains(
        "1 secret value stands unmasked in the golden file; run `render golden update`."),
      "\(outcome.output)")
    #expect(!outcome.output.contains("hunter"))
    #expect(outcome.status == 1)
  }

  @Test func whereGoldenFilesStandIsNoFlag() throws {
    let outcome = try fixture.render("golden", "update", "-o", "new/")
    #expect(
      outcome.errors == """
        error: unknown option '-o'
          golden files stand beside their roots, or in golden.directory of lamina.yaml
        usage: render golden update [DIR...] [flags]
          `render golden update -h` lists the flags

        """)
    #expect(outcome.status == 64)
  }

  @Test func junitIsWellFormed() throws {
    try write(
      "overlays/<&>\"/kustomization.yaml", "namePrefix: c-\nresources: [../../base]\n")
    try expect("update", "overlays/a", output: "wrote overlays/a/golden.yaml\n")
    try write("overlays/b/kustomization.yaml", "resources: ['<none>.yaml']\n")
    try expect(
      "check", "--format", "junit",
      output: """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="3" failures="1" errors="1">
          <testsuite name="render golden" tests="3" failures="1" errors="1" skipped="0">
            <testcase classname="golden" name="overlays/&lt;&amp;&gt;&quot;">
              <failure message="overlays/&lt;&amp;&gt;&quot;: there is no golden file overlays/&lt;&amp;&gt;&quot;/golden.yaml"></failure>
            </testcase>
            <testcase classname="golden" name="overlays/a"/>
            <testcase classname="golden" name="overlays/b">
              <error message="overlays/b: does not render">overlays/b/kustomization.yaml:1:13: error: cannot read resource &quot;&lt;none&gt;.yaml&quot;: no such file or directory
            1 │ resources: [&apos;&lt;none&gt;.yaml&apos;]
              │             ^</error>
            </testcase>
          </testsuite>
        </testsuites>

        """.replacing("&apos;", with: "'"), status: 2)
  }

  // MARK: - Settings

  @Test func globsSayWhichRootsAreMeant() throws {
    try write("overlays/a/more/kustomization.yaml", "resources: [../../../base]\n")
    try write(
      "overlays/b/kustomization.yaml", "namePrefix: b-\nresources: [../../base, ../a/more]\n")
    try write("lamina.yaml", "golden:\n  roots: [base, overlays/**]\n  exclude: [\"overlays/?\"]\n")
    try expect(
      "update", output: "wrote base/golden.yaml\nwrote overlays/a/more/golden.yaml\n")
    try expect(
      "check", "overlays/a",
      errors: "overlays/a: error: the golden settings of lamina.yaml leave it out\n", status: 2)
  }

  @Test(
    arguments: [
      (
        "golden: {rots: []}",
        "lamina.yaml:1:10: error: unknown field \"rots\" in golden", "did you mean \"roots\"?"
      ),
      (
        "goldn: {}", "lamina.yaml:1:1: error: unknown field \"goldn\" in lamina.yaml",
        "did you mean \"golden\"?"
      ),
      (
        "golden: {roots: x}", "lamina.yaml:1:17: error: golden.roots must be a list, not a string",
        "write it as a list: [x]"
      ),
      (
        "golden: {roots: [../x]}",
        "lamina.yaml:1:18: error: golden.roots: \"../x\" is not a path in or below the directory of lamina.yaml",
        nil
      ),
      (
        "golden: {directory: /x}",
        "lamina.yaml:1:21: error: golden.directory: \"/x\" is not a path in or below the directory of lamina.yaml",
        nil
      ),
      (
        "golden: {name: a/b}",
        "lamina.yaml:1:16: error: golden.name: \"a/b\" is not the name of a file",
        nil
      ),
      (
        "golden: {layout: files}",
        "lamina.yaml:1:18: error: golden.layout must be \"file\" or \"resources\", not \"files\"",
        "did you mean \"file\"?"
      ),
    ] as [(String, String, String?)])
  func mistakesInSettingsAreSaid(_ text: String, _ message: String, _ hint: String?) throws {
    try write("lamina.yaml", text + "\n")
    let outcome = try fixture.render(["golden", "check"])
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.first ?? "" == message)
    #expect(lines.last?.hasSuffix("^\(hint.map { " \($0)" } ?? "")") == true)
    #expect(outcome.status == 2)
  }

  @Test func nothingToRenderIsAnError() throws {
    for command in ["update", "check"] {
      try expect(
        command, "--all", "overlays/none",
        errors: "error: there is no kustomization below overlays/none\n", status: 2)
    }
    try write("lamina.yaml", "golden: {roots: []}\n")
    try expect("check", errors: "error: there is no kustomization below .\n", status: 2)
  }

  @Test func rootsThatCannotHaveGoldenFilesAreRefused() throws {
    try expect(
      "check", "https://github.com/org/repo//x",
      errors:
        "https://github.com/org/repo//x: error: golden files are for directories of this machine\n",
      status: 2)
    try expect(
      "check", "none", errors: "none: error: cannot read directory: no such file or directory\n",
      status: 2)
    try expect(
      "check", "overlays/a", "./overlays/a",
      errors: "error: overlays/a and overlays/a would have the same golden file\n", status: 2)
  }
}
