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
}
