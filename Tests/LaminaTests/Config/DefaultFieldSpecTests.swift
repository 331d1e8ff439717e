import Testing

@testable import Lamina

/// The generated tables say what kustomize makes of its own documents.
@Suite struct DefaultFieldSpecTests {
  @Test func stepsAreThoseOfThePathsAsTheyAreWritten() {
    var symbols = SymbolTable()
    let configuration = TransformerConfiguration(defaultsIn: &symbols)
    let referrers = configuration.nameReference.flatMap(\.referrers)
    let specs = referrers + configuration.commonLabels + configuration.varReference
    #expect(specs.count > 200)
    for spec in specs {
      let text = symbols.string(spec.path.text)
      let read = FieldPath(fieldSpec: text, symbols: &symbols)
      #expect(read.steps == spec.path.steps, "\(text)")
    }
    #expect(specs.contains { symbols.string($0.path.text).contains("\\/") })
  }

  @Test func nameReferencesAreInTheOrderOfTypes() {
    var symbols = SymbolTable()
    let references = TransformerConfiguration(defaultsIn: &symbols).nameReference
    let sorted = TypePlaces(references.map(\.target), symbols).sorted(references, by: \.target)
    #expect(sorted.map(\.target) == references.map(\.target))
    #expect(symbols.string(references[0].target.kind) == "StorageClass")
  }

  @Test func noSpecSaysWhatAnEarlierOneSays() {
    var symbols = SymbolTable()
    let configuration = TransformerConfiguration(defaultsIn: &symbols)
    for specs in [
      configuration.namespace, configuration.commonLabels, configuration.templateLabels,
      configuration.commonAnnotations, configuration.images, configuration.replicas,
      configuration.varReference,
    ] {
      var merged: [FieldSpec] = []
      for spec in specs {
        let count = merged.count
        _ = merged.merge(spec)
        #expect(merged.count == count + 1, "\(symbols.string(spec.path.text))")
      }
    }
  }

  /// Two merges do nothing but copy; field by field they give the same specs.
  @Test func mergesOfDefaultsAreThoseOfTheirFields() throws {
    var symbols = SymbolTable()
    let standard = TransformerConfiguration(defaultsIn: &symbols)
    for start in [standard, TransformerConfiguration()] {
      var (fast, slow) = (start, start)
      try fast.merge(standard, symbols, at: .none)
      try slow.mergeFields(standard, symbols, at: .none)
      // That nothing was added is what only the fast ways know.
      #expect(fast.isStandard && !slow.isStandard)
      let (lists, others) = (Self.lists(of: fast), Self.lists(of: slow))
      #expect(lists == others)
      #expect(lists.joined().count > 250)
    }
  }

  /// Many specs are merged with an index, and a few by comparing each with all.
  @Test(arguments: 0..<20 as Range<UInt64>) func manySpecsMergeLikeOneAfterTheOther(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    var symbols = SymbolTable()
    func some(_ texts: [String]) -> Symbol {
      symbols.intern(texts[Int.random(in: texts.indices, using: &random)])
    }
    var many: [FieldSpec] = []
    for _ in 0..<40 {
      let type = GroupVersionKind(
        group: some(["", "apps"]), version: some(["", "v1"]), kind: some(["", "A", "B", "C"]))
      let path = ["a", "a/b", "c[]/d"][Int.random(in: 0..<3, using: &random)]
      // What contradicts another spec ends the merge.
      let create = Int.random(in: 0..<60, using: &random) == 0
      many.append(
        FieldSpec(
          type: type, path: FieldPath(fieldSpec: path, symbols: &symbols), create: create))
    }
    for start in [0, 5] {
      var (fast, slow) = (Array(many.prefix(start)), Array(many.prefix(start)))
      let conflict = fast.merge(Array(many.dropFirst(start)))
      let first = many.dropFirst(start).first { !slow.merge($0) }
      #expect(conflict?.type == first?.type)
      #expect(conflict?.path.text == first?.path.text)
      #expect(fast.map(\.type) == slow.map(\.type))
      #expect(fast.map(\.path.text) == slow.map(\.path.text))
      #expect(fast.map(\.create) == slow.map(\.create))
    }
  }

  /// What each list says. The order of its specs is that of types only where something was added, and means nothing:
  /// each writes to its own field.
  private static func lists(of configuration: TransformerConfiguration) -> [[String]] {
    let lists = [
      configuration.namePrefix, configuration.nameSuffix, configuration.namespace,
      configuration.commonLabels, configuration.labels, configuration.templateLabels,
      configuration.volumeClaimTemplateLabels, configuration.commonAnnotations,
      configuration.varReference, configuration.images, configuration.replicas,
    ]
    let references = configuration.nameReference
    return lists.map { $0.map { "\($0)" }.sorted() } + [references.map { "\($0.target)" }.sorted()]
      + references.sorted { "\($0.target)" < "\($1.target)" }.map {
        $0.referrers.map { "\($0)" }.sorted()
      }
  }
}
