import Lamina
import Testing

@Suite struct FieldStepTests {
  @Test(
    arguments: [
      ([], ""),
      (
        ["spec", "template", "spec", "containers", .element("name", "web"), "image"],
        "spec.template.spec.containers[name=web].image"
      ),
      (
        ["metadata", "annotations", "example.com/owner"],
        #"metadata.annotations["example.com/owner"]"#
      ),
      (
        [
          "spec", "ports", 12,
          .element([.init(key: "port", value: "80"), .init(key: "protocol", value: "TCP")]),
        ],
        "spec.ports[12][port=80,protocol=TCP]"
      ),
      (["data", #"a"b\"#, ""], #"data["a\"b\\"][""]"#),
      (["args", .element("", "a,b]")], #"args[="a,b]"]"#),
    ] as [([FieldStep], String)])
  func pathsArePrintedAsUsersWriteThem(path: [FieldStep], text: String) {
    #expect(FieldStep.text(of: path) == text)
  }

  @Test func aStepIsPrintedAsItBeginsAPath() {
    #expect("\(FieldStep.key("spec")) \(FieldStep.index(3))" == "spec [3]")
    #expect("\(FieldStep.element("name", "web"))" == "[name=web]")
  }

  @Test func elementsAreFoundByTheirKeys() throws {
    let files = MemoryFileSystem([
      "/app/kustomization.yaml": "resources: [x.yaml]\n",
      "/app/x.yaml": """
      apiVersion: v1
      kind: X
      metadata: {name: x}
      spec:
        ports: [{port: 80, protocol: TCP}, {port: 80, protocol: UDP, name: dns}]
        claims: [{metadata: {name: a}, v: 1}, {metadata: {name: b}, v: 2}]
        args: [--one, --two]
        other: {name: dns}

      """,
    ])
    let object = try #require(try Renderer(fileSystem: files).render("/app").resources.first)
    func text(_ path: FieldStep...) -> String? { object.content.value(at: path)?.text }
    #expect(
      text(
        "spec", "ports",
        .element([.init(key: "port", value: "80"), .init(key: "protocol", value: "UDP")]), "name")
        == "dns")
    #expect(text("spec", "ports", .element("port", "80"), "protocol") == "TCP")
    #expect(text("spec", "claims", .element("metadata.name", "b"), "v") == "2")
    #expect(text("spec", "args", .element("", "--two")) == "--two")
    #expect(text("spec", "args", .element("", "--three")) == nil)
    #expect(text("spec", "ports", .element("port", "8"), "protocol") == nil)
    #expect(text("spec", "other", .element("name", "dns")) == nil)
  }
}
