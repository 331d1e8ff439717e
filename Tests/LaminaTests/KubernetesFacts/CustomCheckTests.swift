import Lamina
import Testing

@testable import LaminaSchema

@Suite struct CustomCheckTests {
  static let definition = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: widgets.example.com}
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions:
      - name: v1
        served: true
        storage: true
        schema:
          openAPIV3Schema:
            type: object
            required: [spec]
            properties:
              spec:
                type: object
                required: [size, color]
                properties:
                  size: {type: integer, minimum: 1, maximum: 10}
                  color: {type: string, default: red}
                  ratio: {type: number, exclusiveMaximum: true, maximum: 1, multipleOf: 0.25}
                  mode: {type: string, enum: [Fast, Slow]}
                  level: {type: integer, enum: [1, 2]}
                  host: {type: string, pattern: '^[a-z.]+$', maxLength: 5}
                  port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                  labels: {type: object, additionalProperties: {type: string}, maxProperties: 2}
                  extra: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  note: {type: string, nullable: true}
                  parts:
                    type: array
                    minItems: 1
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [id]
                    items: {type: object, properties: {id: {type: string}, on: {type: boolean}}}
                  source:
                    type: object
                    properties: {git: {type: string}, file: {type: string}}
                    oneOf: [{required: [git]}, {required: [file]}]
                  limit:
                    type: integer
                    allOf: [{minimum: 5}, {not: {maximum: 6}}]
                  template:
                    type: object
                    x-kubernetes-embedded-resource: true
                    x-kubernetes-preserve-unknown-fields: true
      - {name: v2, served: false, storage: false, schema: {openAPIV3Schema: {type: object}}}
    """

  private func check(_ spec: String, head: String = "apiVersion: example.com/v1") throws -> [String]
  {
    try CheckedObjects.violations(
      "\(head)\nkind: Widget\nmetadata: {name: w}\nspec: \(spec)\n", definitions: Self.definition)
  }

  @Test func good() throws {
    #expect(
      try check(
        """
          size: 10
          mode: Slow
          level: 2.0
          ratio: 0.75
          host: a.b
          note: null
          port: 80%
          labels: {any: "1", Thing: x}
          extra: {a: [1, {b: true}]}
          parts: [{id: a, on: true}]
          source: {git: a}
          limit: 7
          color: null
          template: {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {anything: 1}}
        """.replacing("  size", with: "\n  size")) == [])
  }

  @Test(arguments: [
    ("{}", "spec: required field \"size\" is missing in spec of Widget"),
    ("{size: null}", "spec: required field \"size\" is missing in spec of Widget"),
    ("{size: 11}", "spec.size: size must be at most 10, not 11"),
    ("{size: 0}", "spec.size: size must be at least 1, not 0"),
    ("{size: '3'}", "spec.size: size must be an integer, not the string \"3\" -> 3"),
    ("{size: 1.5}", "spec.size: size must be an integer, not the number 1.5"),
    ("{size: 1, ratio: 1}", "spec.ratio: ratio must be less than 1, not 1"),
    ("{size: 1, ratio: 0.3}", "spec.ratio: ratio must be a multiple of 0.25, not 0.3"),
    (
      "{size: 1, mode: Slwo}",
      "spec.mode: \"Slwo\" is not a value of mode: it must be Fast or Slow -> Slow"
    ),
    ("{size: 1, level: 3}", "spec.level: \"3\" is not a value of level: it must be 1 or 2"),
    (
      "{size: 1, host: a b}",
      "spec.host: host must match ^[a-z.]+$, as the string \"a b\" does not"
    ),
    ("{size: 1, host: abcdef}", "spec.host: host must have at most 5 characters, not 6"),
    (
      "{size: 1, port: true}",
      "spec.port: port must be an integer or a string, not the boolean true"
    ),
    (
      "{size: 1, labels: {a: 1}}",
      "spec.labels.a: labels.a must be a string, not the number 1 -> \"1\""
    ),
    (
      "{size: 1, labels: {a: b, c: d, e: f}}",
      "spec.labels: labels must have at most 2 fields, not 3"
    ),
    ("{size: 1, parts: []}", "spec.parts: parts must have at least 1 element, not 0"),
    (
      "{size: 1, parts: [{id: x, On: true}]}",
      "spec.parts[id=x].On: unknown field \"On\" in spec.parts[id=x] of Widget -> on"
    ),
    ("{size: 1, sise: 2}", "spec.sise: unknown field \"sise\" in spec of Widget -> size"),
    (
      "{size: 1, source: {}}",
      "spec.source: source fits none of the alternatives that the definition allows: "
        + "it needs git or file"
    ),
    (
      "{size: 1, source: {git: a, file: b}}",
      "spec.source: source fits 2 alternatives of which it may fit only one"
    ),
    ("{size: 1, limit: 3}", "spec.limit: limit must be at least 5, not 3"),
    ("{size: 1, limit: 6}", "spec.limit: limit is what the definition excludes"),
    (
      "{size: 1, template: {kind: Pod}}",
      "spec.template: required field \"apiVersion\" is missing in spec.template of Widget"
    ),
    ("[]", "spec: spec must be a mapping, not a list"),
  ])
  func flaws(_ spec: String, _ flaw: String) throws {
    #expect(try check(spec).contains(flaw))
  }

  @Test func versions() throws {
    #expect(
      try check("{}", head: "apiVersion: example.com/v2") == [
        "apiVersion: the definition of Widget does not serve the version \"v2\": it serves v1"
      ])
  }

  @Test func variables() throws {
    #expect(
      try check("{size: '${SIZE}', mode: '{{ .Mode }}', host: $(HOST), '${A}': 1}") == [])
  }

  @Test func metadata() throws {
    #expect(
      try CheckedObjects.violations(
        "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w, labls: {}}, spec: {size: 1}}",
        definitions: Self.definition) == [
          "metadata.labls: unknown field \"labls\" in metadata of Widget -> labels"
        ])
  }

  @Test func misspeltKinds() throws {
    let rendering = try Rendering(
      manifest: Array(
        """
        {apiVersion: example.com/v1, kind: Wdiget, metadata: {name: w}}
        ---
        {apiVersion: other.com/v1, kind: Wdiget, metadata: {name: w}}
        ---
        \(Self.definition)
        """.utf8), displayPath: "objects.yaml")
    var definitions = CustomDefinitions()
    for resource in rendering.resources {
      definitions.add(definition: resource.root, in: resource.tree)
    }
    let found = rendering.resources.compactMap {
      definitions.missingDefinition(for: $0.root, in: $0.tree).map(CheckedObjects.text)
    }
    #expect(
      found == [
        "kind: no definition of example.com has the kind \"Wdiget\": "
          + "those in this build have Widget -> Widget"
      ])
  }

  @Test func structuralSchemas() throws {
    func flaws(_ spec: String) throws -> [String] {
      let rendering = try Rendering(
        manifest: Array(
          """
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata: {name: widgets.example.com}
          spec: \(spec)
          """.utf8), displayPath: "definition.yaml")
      return rendering.resources.flatMap {
        StructuralCheck.violations(of: $0.root, in: $0.tree).map(CheckedObjects.text)
      }
    }
    #expect(
      try flaws("{preserveUnknownFields: true, versions: [{name: v1}]}") == [
        "spec.preserveUnknownFields: preserveUnknownFields must be false in "
          + "apiextensions.k8s.io/v1: use x-kubernetes-preserve-unknown-fields in the schema -> false",
        "spec.versions[name=v1]: version \"v1\" has no schema, without which it is refused",
      ])
    let schema = "spec.versions[name=v1].schema.openAPIV3Schema"
    func schemaFlaws(_ text: String) throws -> [String] {
      try flaws("{versions: [{name: v1, schema: {openAPIV3Schema: \(text)}}]}")
    }
    #expect(
      try schemaFlaws("{type: object, properties: {a: {description: x}, b: {type: string}}}") == [
        "\(schema).properties.a: this schema has no type, without which it is not structural"
      ])
    #expect(
      try schemaFlaws("{type: string}") == [
        "\(schema).type: the type of the whole object must be object -> object"
      ])
    #expect(
      try schemaFlaws(
        "{type: object, properties: {a: {type: array, uniqueItems: true, items: {}}}, additionalProperties: {type: string}}"
      ) == [
        "\(schema).additionalProperties: additionalProperties and properties exclude each other",
        "\(schema).properties.a.uniqueItems: uniqueItems must be false in a structural schema: "
          + "use x-kubernetes-list-type: set",
        "\(schema).properties.a.items: this schema has no type, without which it is not structural",
      ])
    #expect(
      try schemaFlaws(
        "{type: object, properties: {a: {x-kubernetes-int-or-string: true}, b: {x-kubernetes-preserve-unknown-fields: true}}}"
      ) == [])
    #expect(try CheckedObjects.violations(Self.definition) == [])
  }
}
