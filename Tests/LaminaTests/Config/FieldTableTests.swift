import Testing

@testable import Lamina

/// The table of fields says what the decoder does.
@Suite struct FieldTableTests {
  /// What a reader starts with, and how it is called.
  enum Root: CaseIterable {
    case kustomization, configuration, replacement, valueTargets, project, baseline, function

    var owner: FieldOwner {
      switch self {
      case .kustomization: .kustomization
      case .configuration: .configuration
      case .replacement: .replacement
      case .valueTargets: .valueTargets
      case .project: .project
      case .baseline: .baseline
      case .function: .function
      }
    }

    func read(_ text: String) throws(Problem) {
      var workspace = Workspace()
      let root = try workspace.parse(text)
      let (tree, sources) = (workspace.tree, workspace.sources)
      switch self {
      case .kustomization:
        let reading = try Kustomization.read(root, path: "k.yaml", tree: tree, sources: sources)
        if let problem = reading.problem { throw problem }
      case .configuration:
        _ = try WrittenConfiguration.read(root, asked: .none, tree: tree, sources: sources)
      case .replacement:
        let decoder = FieldDecoder(tree: tree, sources: sources, manner: .replacements)
        _ = try ReplacementReader(decoder: decoder)
          .replacements(inFile: root, Kustomization.Entry(text: "", position: .none))
      case .valueTargets:
        _ = try ValueArguments.Target.readFile(root, tree: tree, sources: sources)
      case .project:
        do { _ = try ProjectFile(Array(text.utf8), path: "lamina.yaml") } catch {
          throw Problem(.unknownCompat, error.message)
        }
      case .baseline:
        do { _ = try LintBaseline(Array(text.utf8), path: "baseline.json") } catch {
          throw Problem(.unknownBaselineVersion, error.message)
        }
      case .function:
        let annotation = "{metadata: {configFn: \(text)}}"
        let root = try workspace.parse(annotation)
        _ = try FunctionSpec.read(root, into: &workspace.tree, sources: &workspace.sources)
      }
    }
  }

  /// A field on the way to which others stand: `[labels][fields][path]`.
  struct Place: CustomTestStringConvertible {
    let path: [FieldRow]

    var field: FieldRow { path[path.count - 1] }
    var testDescription: String { path.map(\.name).joined(separator: ".") }

    /// A document in which the field has a value.
    func document(name: String? = nil, value: String) -> String {
      var text = "{\(name ?? field.name): \(value)}"
      for row in path.dropLast().reversed() {
        if case .objects = row.shape { text = "[\(text)]" }
        text = "{\(row.name): \(text)}"
      }
      return text
    }

    static func all(below owner: FieldOwner) -> [Place] {
      owner.rows.flatMap { row -> [Place] in
        let inner: [Place] =
          switch row.shape {
          case .object(let owner), .objects(let owner): all(below: owner)
          default: []
          }
        return [Place(path: [row])] + inner.map { Place(path: [row] + $0.path) }
      }
    }
  }

  @Test(arguments: Root.allCases)
  func everyFieldIsRead(_ root: Root) {
    let places = Place.all(below: root.owner)
    #expect(places.count > 2)
    for place in places { check(place) { text throws(Problem) in try root.read(text) } }
  }

  @Test(arguments: BuiltInKind.allCases)
  func everyFieldOfAnObjectIsRead(_ kind: BuiltInKind) {
    for place in Place.all(below: kind.fields)
    where !ObjectField.allCases.contains(where: { $0.rawValue == place.path.first?.name }) {
      check(place) { text throws(Problem) in
        var workspace = Workspace()
        let root = try workspace.parse(text)
        _ = try TransformerArguments.read(
          root, kind: kind, tree: workspace.tree, sources: workspace.sources)
      }
    }
  }

  /// Reads a good value, the same under a name in capitals, and one of another shape.
  private func check(_ place: Place, read: (String) throws(Problem) -> Void) {
    let good = place.field.shape.example
    var names = [place.field.name]
    // The keys of `openapi` are any texts.
    if place.path.first?.name != "openapi" { names.append(place.field.name.uppercased()) }
    for name in names {
      do { try read(place.document(name: name, value: good)) } catch {
        let isRefused = error.code == .unknownField || error.message.contains(", not ")
        #expect(!isRefused, "\(place.testDescription): \(error.message)")
      }
      let message = "\(place.testDescription) takes a value of another shape"
      do {
        try read(place.document(name: name, value: place.field.shape.counterexample))
        Issue.record(Comment(rawValue: message))
      } catch {
        #expect(error.message.contains(place.field.name), "\(message): \(error.message)")
      }
    }
  }

  @Test(arguments: FieldOwner.allCases)
  func rowsSayWhatTheyMust(_ owner: FieldOwner) {
    let rows = owner.rows
    #expect(!rows.isEmpty)
    #expect(Set(rows.map { $0.name.lowercased() }).count == rows.count)
    for row in rows {
      #expect(row.summary.hasSuffix("."), "\(owner).\(row.name)")
      #expect(row.summary.first?.isUppercase == true)
      if let replacement = row.deprecation?.replacement {
        #expect(rows.contains { $0.name == replacement })
      }
      let isOurs = [
        .project, .diff, .golden, .lint, .lintIgnore, .baseline, .baselineFinding,
      ].contains(owner)
      #expect((row.since == nil) == isOurs)
      guard let since = row.since, since != "next" else { continue }
      #expect(since.split(separator: ".").compactMap { UInt($0) }.count == 3)
    }
  }

  /// No mapping has rows that nothing leads to.
  @Test func everyOwnerIsReached() {
    var reached = Set(Root.allCases.map(\.owner)).union(BuiltInKind.allCases.map(\.fields))
    var open = Array(reached)
    // Read beside an object that stands for a program, whatever else is in it.
    reached.insert(.plugin)
    while let owner = open.popLast() {
      for row in owner.rows {
        switch row.shape {
        case .object(let next), .objects(let next):
          if reached.insert(next).inserted { open.append(next) }
        default: break
        }
      }
    }
    #expect(reached == Set(FieldOwner.allCases))
  }

  @Test func unknownFieldsAreTold() {
    #expect(hint("{patchs: []}") == "did you mean \"patches\"?")
    #expect(
      hint("{replicas: [{zzzzzzzz: 1}]}") == "the fields are name, count",
      "without a near name, all are listed")
    #expect(
      hint("{configMapGenerator: [{qqqqqqqq: 1}]}")?.contains("type") == false,
      "a field that the mapping does not have is not among them")
  }

  private func hint(_ text: String) -> String? {
    do {
      try Root.kustomization.read(text)
      return nil
    } catch { return error.hint }
  }
}

extension Workspace {
  fileprivate mutating func parse(_ text: String) throws(Problem) -> NodeID {
    let file = sources.add(path: "file.yaml", bytes: Array(text.utf8))
    let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
    guard let root else { throw Problem(.malformedYaml, "no document") }
    return root
  }
}

extension FieldShape {
  /// A value of the shape, as YAML.
  fileprivate var example: String {
    switch self {
    case .text: "x"
    case .word(let words): "\"\(words.first ?? "")\""
    case .flag: "true"
    case .integer: "1"
    case .texts: "[x]"
    case .words(let words): "[\(words.first ?? "")]"
    case .pairs: "{a: b}"
    case .mapping: "{a: 1}"
    case .levels: "{patch-no-match: off}"
    case .levelsByPattern: "{a: {patch-no-match: off}}"
    case .object: "{}"
    case .objects: "[{}]"
    }
  }

  /// A value of another shape.
  fileprivate var counterexample: String {
    switch self {
    case .text, .word: "{a: b}"
    case .flag, .integer, .texts, .words, .pairs, .mapping, .levels, .levelsByPattern, .object,
      .objects:
      "x"
    }
  }
}
