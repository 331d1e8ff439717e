/// Which fields each step writes to: kustomize's defaults, and what `configurations` add to them.
struct TransformerConfiguration: Sendable {
  var namePrefix: [FieldSpec] = []
  var nameSuffix: [FieldSpec] = []
  var namespace: [FieldSpec] = []
  var commonLabels: [FieldSpec] = []
  var labels: [FieldSpec] = []
  var templateLabels: [FieldSpec] = []
  var volumeClaimTemplateLabels: [FieldSpec] = []
  var commonAnnotations: [FieldSpec] = []
  var images: [FieldSpec] = []
  var replicas: [FieldSpec] = []
  var nameReference: [NameBackReference] = []

  /// The defaults, read from the generated tables.
  init(defaultsIn symbols: inout SymbolTable) {
    namePrefix = Self.specs(DefaultFieldSpecTable.namePrefix, &symbols)
    nameSuffix = Self.specs(DefaultFieldSpecTable.nameSuffix, &symbols)
    namespace = Self.specs(DefaultFieldSpecTable.namespace, &symbols)
    commonLabels = Self.specs(DefaultFieldSpecTable.commonLabels, &symbols)
    labels = Self.specs(DefaultFieldSpecTable.labels, &symbols)
    templateLabels = Self.specs(DefaultFieldSpecTable.templateLabels, &symbols)
    volumeClaimTemplateLabels = Self.specs(
      DefaultFieldSpecTable.volumeClaimTemplateLabels, &symbols)
    commonAnnotations = Self.specs(DefaultFieldSpecTable.commonAnnotations, &symbols)
    images = Self.specs(DefaultFieldSpecTable.images, &symbols)
    replicas = Self.specs(DefaultFieldSpecTable.replicas, &symbols)
    nameReference = Self.backReferences(DefaultFieldSpecTable.nameReference, &symbols)
  }

  private static func specs(_ table: StaticString, _ symbols: inout SymbolTable) -> [FieldSpec] {
    var result: [FieldSpec] = []
    for line in TableLines(table) {
      if let spec = spec(line, &symbols) { _ = result.merge(spec) }
    }
    return result
  }

  private static func backReferences(
    _ table: StaticString, _ symbols: inout SymbolTable
  ) -> [NameBackReference] {
    var result: [NameBackReference] = []
    for line in TableLines(table) {
      if line.starts(with: "> ".utf8) {
        let parts = columns(line.dropFirst(2))
        guard parts.count == 3 else { continue }
        let target = GroupVersionKind(
          group: symbols.intern(parts[0]), version: symbols.intern(parts[1]),
          kind: symbols.intern(parts[2]))
        result.append(NameBackReference(target: target, referrers: []))
      } else if let spec = spec(line, &symbols), !result.isEmpty {
        // A field that is listed twice is followed twice, as in kustomize: a name that is the old
        // name of one object and the new one of another changes twice.
        result[result.count - 1].referrers.append(spec)
      }
    }
    // kustomize sorts the table by the types that are named (kyaml resid/gvk.go `IsLessThan`).
    return result.map { (TypeOrder($0.target, symbols), $0) }
      .sorted { $0.0.precedes($1.0) }
      .map(\.1)
  }

  /// `group|version|kind|path|create`
  private static func spec(_ line: ArraySlice<UInt8>, _ symbols: inout SymbolTable) -> FieldSpec? {
    let parts = columns(line)
    guard parts.count == 5 else { return nil }
    return FieldSpec(
      type: GroupVersionKind(
        group: symbols.intern(parts[0]), version: symbols.intern(parts[1]),
        kind: symbols.intern(parts[2])),
      path: FieldPath(parts[3], symbols: &symbols),
      create: parts[4].first == UInt8(ascii: "1"))
  }

  private static func columns(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
  }
}
