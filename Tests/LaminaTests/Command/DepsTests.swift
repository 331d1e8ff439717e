import Foundation
import Testing

/// `render deps`: what roots read, in each form.
@Suite final class DepsTests {
  private let fixture: RemoteFixture

  /// A base, a component, and an overlay that generates from a file and looks for another.
  init() throws {
    fixture = try RemoteFixture()
    try fixture.write("resources: [cm.yaml]\n", to: "base/kustomization.yaml")
    try fixture.write(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", to: "base/cm.yaml")
    try fixture.write(
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -z\n",
      to: "part/kustomization.yml")
    try fixture.write("A=1\n", to: "overlays/test/a b$#.env")
    try fixture.write(
      """
      resources: [../../base]
      components: [../../part]
      configMapGenerator:
      - name: g
        envs: ['a b$#.env']

      """, to: "overlays/test/kustomization.yaml")
  }

  deinit { fixture.remove() }

  private func expect(_ arguments: String..., in directory: String = ".", output: String) throws {
    let work = fixture.directory.appending(path: "work/\(directory)")
    let outcome = try fixture.render(["deps"] + arguments, in: work)
    #expect(outcome.errors == "")
    #expect(outcome.output == output)
    #expect(outcome.status == 0)
  }

  @Test func everyFileIsListedOnce() throws {
    try expect(
      "overlays/test", "base",
      output: """
        overlays/test/kustomization.yaml
        base/kustomization.yaml
        base/cm.yaml
        part/kustomization.yml
        overlays/test/a b$#.env

        """)
    try expect(
      in: "overlays/test",
      output: """
        kustomization.yaml
        ../../base/kustomization.yaml
        ../../base/cm.yaml
        ../../part/kustomization.yml
        a b$#.env

        """)
  }

  @Test func jsonNamesTheRoots() throws {
    try expect(
      "--all", ".", "--format", "json",
      output: """
        [
          {
            "root": "overlays/test",
            "files": [
              "overlays/test/kustomization.yaml",
              "base/kustomization.yaml",
              "base/cm.yaml",
              "part/kustomization.yml",
              "overlays/test/a b$#.env"
            ],
            "remote": []
          }
        ]

        """)
  }

  @Test func graphsHaveLayersAndFiles() throws {
    try expect(
      "overlays/test", "--format", "mermaid",
      output: """
        flowchart LR
          n0["overlays/test"]
          n1("overlays/test/kustomization.yaml")
          n2["base"]
          n3("base/kustomization.yaml")
          n4("base/cm.yaml")
          n5[["part"]]
          n6("part/kustomization.yml")
          n7("overlays/test/a b$#35;.env")
          n0 --> n1
          n0 --> n2
          n2 --> n3
          n2 --> n4
          n0 --> n5
          n5 --> n6
          n0 --> n7

        """)
    try expect(
      "part", "base", "--format", "dot",
      output: """
        digraph render {
          rankdir=LR;
          n0 [shape=folder, label="part"];
          n1 [shape=note, label="part/kustomization.yml"];
          n2 [shape=folder, label="base"];
          n3 [shape=note, label="base/kustomization.yaml"];
          n4 [shape=note, label="base/cm.yaml"];
          n0 -> n1;
          n2 -> n3;
          n2 -> n4;
        }

        """)
  }

  @Test func makeReadsTheDependencies() throws {
    try expect(
      "base", "--format", "make",
      output: """
        base.yaml: \\
          base/kustomization.yaml \\
          base/cm.yaml

        base/kustomization.yaml:

        base/cm.yaml:

        """)
    try expect(
      "overlays/test", "--format", "make", "--target", "out/test.yaml",
      output: """
        out/test.yaml: \\
          overlays/test/kustomization.yaml \\
          base/kustomization.yaml \\
          base/cm.yaml \\
          part/kustomization.yml \\
          overlays/test/a\\ b$$\\#.env

        overlays/test/kustomization.yaml:

        base/kustomization.yaml:

        base/cm.yaml:

        part/kustomization.yml:

        overlays/test/a\\ b$$\\#.env:

        """)
  }

  /// As GNU make 4.3 reads them.
  @Test func makeReadsOddNames() throws {
    let names = ["c*[1]?.env", "d%:e.env", #"f\g.env"#, #"h\ i.env"#, "~j.env"]
    let list = names.enumerated().map { "'k\($0)=\($1)'" }.joined(separator: ", ")
    try fixture.write(
      "configMapGenerator: [{name: g, files: [\(list)]}]\n", to: "odd/kustomization.yaml")
    for name in names { try fixture.write("x", to: "odd/\(name)") }
    try expect(
      "--format", "make", "--target", "50% off", in: "odd",
      output: #"""
        50\%\ off: \
          kustomization.yaml \
          c\*\[1\]\?.env \
          d%\:e.env \
          f\g.env \
          h\\\ i.env \
          ./~j.env

        kustomization.yaml:

        c\*\[1\]\?.env:

        d\%\:e.env:

        f\g.env:

        h\\\ i.env:

        ./~j.env:

        """#)
    try fixture.write(
      "configMapGenerator: [{name: g, files: [\"k=a\\nb\"]}]\n", to: "odd/kustomization.yaml")
    try fixture.write("x", to: "odd/a\nb")
    let line = try fixture.render("deps", "odd", "--format", "make")
    #expect(line.errors == "error: a makefile cannot name the file \"odd/a\\nb\"\n")
    #expect(line.output == "")
    #expect(line.status == 1)
  }

  @Test func whatIsFetchedIsNamedByItsAddress() throws {
    let address = try fixture.makeRepository(
      "r",
      [
        "kustomization.yaml": "resources: [cm.yaml]\n",
        "cm.yaml": "kind: X\nmetadata: {name: x}\napiVersion: v1\n",
      ])
    try fixture.write("resources: ['\(address)']\n", to: "remote/kustomization.yaml")
    try expect("remote", output: "remote/kustomization.yaml\n")
    let json = try fixture.render("deps", "remote", "--format", "json")
    #expect(json.output.contains("\"remote\": [\n      \"\(address)\"\n    ]"))
    try expect(
      "remote", "--format", "mermaid",
      output: """
        flowchart LR
          n0["remote"]
          n1("remote/kustomization.yaml")
          n2(["\(address)"])
          n3(["\(address)//kustomization.yaml"])
          n4(["\(address)//cm.yaml"])
          n0 --> n1
          n0 --> n2
          n2 --> n3
          n2 --> n4

        """)
  }

  @Test func aRootThatFailsIsSaid() throws {
    try fixture.write("resources: [none.yaml]\n", to: "broken/kustomization.yaml")
    let outcome = try fixture.render("deps", "broken", "base")
    #expect(outcome.output == "base/kustomization.yaml\nbase/cm.yaml\n")
    #expect(
      outcome.errors == """
        broken/kustomization.yaml:1:13: error: cannot read resource "none.yaml": no such file or directory
            1 │ resources: [none.yaml]
              │             ^

        """)
    #expect(outcome.status == 1)
    let none = try fixture.render("deps", "--all", "overlays/none")
    #expect(none.errors == "error: there is no kustomization below overlays/none\n")
    #expect(none.status == 1)
  }
}
