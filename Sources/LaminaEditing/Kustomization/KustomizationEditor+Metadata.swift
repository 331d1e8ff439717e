internal import Lamina

/// A label or annotation as the commands take it.
public struct MetadataArgument: Sendable, Equatable {
  /// The key.
  public let key: String
  /// The value; a text, whatever it looks like.
  public let value: String

  /// A key and its value.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// Reads `KEY:VALUE`, or `KEY` for an empty value. Double quotes around the value are taken off.
  ///
  /// A value may hold more colons. Source: kustomize/commands/internal/util/util.go
  /// (`ConvertSliceToMap`, `trimQuotes`).
  ///
  /// - Parameter kind: `label` or `annotation`, for the message.
  public init(_ argument: String, kind: String) throws(EditError) {
    let bytes = Array(argument.utf8)
    let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    if colon == 0 {
      throw EditError("invalid \(kind): '\(argument)' (need k:v pair where v may be quoted)")
    }
    var value = colon.map { bytes[($0 + 1)...] } ?? []
    let quote = UInt8(ascii: "\"")
    if value.count >= 2, value.first == quote, value.last == quote {
      value = value.dropFirst().dropLast()
    }
    key = String(decoding: bytes[..<(colon ?? bytes.count)], as: UTF8.self)
    self.value = String(decoding: value, as: UTF8.self)
  }
}

extension KustomizationEditor {
  /// Labels and annotations are told apart by the field that they stand in.
  public enum MetadataField: String, Sendable {
    /// `commonLabels`
    case labels = "commonLabels"
    /// `commonAnnotations`
    case annotations = "commonAnnotations"

    /// The word for one of them in messages.
    public var kind: String { self == .labels ? "label" : "annotation" }
  }

  /// Sets entries of `commonLabels` or `commonAnnotations`, whatever they were.
  ///
  /// What the file has and no argument names stays.
  public mutating func setMetadata(
    _ arguments: [MetadataArgument], in field: MetadataField
  ) throws(EditError) {
    try add(arguments, in: field, overwrites: true)
  }

  /// Adds entries to `commonLabels` or `commonAnnotations`.
  ///
  /// Throws where one is there already, unless that is to be overwritten.
  public mutating func add(
    _ arguments: [MetadataArgument], in field: MetadataField, overwrites: Bool
  ) throws(EditError) {
    for argument in arguments.lastOfEachKey {
      try add(argument, to: [name(of: field.rawValue)], kind: field.kind, overwrites: overwrites)
    }
  }

  /// Adds labels that are put on no selector, to the first entry of `labels` of that kind.
  ///
  /// An entry is of that kind if its switches are the same
  /// (kustomize/commands/edit/add/addmetadata.go `matchLabelSettings`); what its `fields` say does
  /// not count.
  public mutating func addLabelsWithoutSelector(
    _ arguments: [MetadataArgument], includesTemplates: Bool, overwrites: Bool
  ) throws(EditError) {
    for argument in arguments.lastOfEachKey {
      let entries = value(of: "labels")?.items ?? []
      let found = entries.firstIndex {
        ($0.field("includeSelectors")?.isTrue ?? false) == false
          && ($0.field("includeTemplates")?.isTrue ?? false) == includesTemplates
      }
      if let found {
        let pairs = Self.spelling(of: "pairs", in: entries[found])
        try add(
          argument, to: [name(of: "labels"), .index(found), .key(pairs)], kind: "label",
          overwrites: overwrites)
      } else {
        let pair = YAMLValue.Entry(argument.key, .string(argument.value))
        var entry = [YAMLValue.Entry("pairs", .mapping([pair]))]
        if includesTemplates { entry.insert(.init("includeTemplates", .other("true")), at: 0) }
        try append([.mapping(entry)], to: "labels")
      }
    }
  }

  /// Adds one pair to the mapping at a path, which begins with it where it is missing.
  private mutating func add(
    _ argument: MetadataArgument, to path: [PathStep], kind: String, overwrites: Bool
  ) throws(EditError) {
    if !overwrites, value.value(at: path)?[argument.key] != nil {
      throw EditError(
        "\(kind) \(argument.key) already in kustomization file. Use --force to override.")
    }
    if value.value(at: path) == nil {
      return try set(
        .mapping([YAMLValue.Entry(argument.key, .string(argument.value))]), at: path)
    }
    try editor.set(.string(argument.value), at: path + [.key(argument.key)])
  }

  /// Removes entries of `commonLabels` or `commonAnnotations`; with the last one, the field.
  ///
  /// Throws where one is not there, unless that is to be ignored.
  ///
  /// Source: kustomize/commands/edit/remove/removemetadata.go `removeFromMap`.
  public mutating func removeMetadata(
    _ keys: [String], from field: MetadataField, ignoresMissing: Bool
  ) throws(EditError) {
    let present = value(of: field.rawValue)?.entries.map(\.key) ?? []
    if !ignoresMissing {
      if value(of: field.rawValue)?.isNull ?? true {
        throw EditError("\(field.rawValue) is not defined in kustomization file")
      }
      if let key = keys.first(where: { !present.contains(bytesOf: $0) }) {
        throw EditError("\(field.kind) \(key) is not defined in kustomization file")
      }
    }
    let leaving = present.filter { keys.contains(bytesOf: $0) }
    if leaving.isEmpty { return }
    if leaving.count == present.count { return try removeField(field.rawValue) }
    for key in leaving { try editor.remove([name(of: field.rawValue), .key(key)]) }
  }
}

extension [MetadataArgument] {
  /// Go reads the arguments into a map.
  ///
  /// So of several with one key the last counts; here the order of the first ones stays.
  fileprivate var lastOfEachKey: [MetadataArgument] {
    var result: [MetadataArgument] = []
    for argument in self {
      if let place = result.firstIndex(where: { $0.key.hasBytes(of: argument.key) }) {
        result[place] = argument
      } else {
        result.append(argument)
      }
    }
    return result
  }
}
