internal import Lamina
import LaminaEditing

/// What several commands read in the same way.
enum EditWords {
  /// Reads an argument; what is wrong with it is told with the usage.
  static func read<Value>(_ work: () throws(EditError) -> Value) throws(CommandFailure) -> Value {
    do { return try work() } catch { throw CommandFailure(error.message) }
  }

  static func metadata(
    _ words: [String], _ field: KustomizationEditor.MetadataField
  ) throws(CommandFailure) -> [MetadataArgument] {
    if words.isEmpty { throw CommandFailure("must specify \(field.kind)") }
    var result: [MetadataArgument] = []
    for word in words {
      result.append(
        try read { () throws(EditError) in try MetadataArgument(word, kind: field.kind) })
      warnOfEqualsSign(word, field)
    }
    return result
  }

  /// `app=web` is a key without a value, as in kustomize; who writes that means `app:web`.
  private static func warnOfEqualsSign(
    _ word: String, _ field: KustomizationEditor.MetadataField
  ) {
    guard word.cut(at: ":") == nil, let cut = word.cut(at: "=") else { return }
    let meant = "\(cut.before):\(cut.after)"
    StandardError.warn(
      "warning: \(field.kind) \(word) is a key without a value; did you mean \(meant)?")
  }

  static func generatorName(_ words: [String]) throws(CommandFailure) -> String {
    guard words.count == 1, let name = words.first else {
      throw CommandFailure("failed to validate flags: name must be specified once")
    }
    return name
  }

  /// Texts with commas between them.
  static func list(_ text: String) -> [String] {
    text.parts(at: ",", omittingEmptySubsequences: false).map { String($0) }
  }
}

/// Options of `buildMetadata`, as one argument with commas.
enum BuildMetadataArgument {
  static func options(_ words: [String]) throws(CommandFailure) -> [String] {
    guard let word = words.first else {
      throw CommandFailure("must specify a buildMetadata option")
    }
    if words.count > 1 {
      throw CommandFailure(
        "too many arguments: [\(words.joined(separator: " "))]; to provide multiple buildMetadata options, please separate options by comma"
      )
    }
    let options = EditWords.list(word)
    let known = KustomizationEditor.buildMetadataOptions
    if let wrong = options.first(where: { !known.contains($0) }) {
      throw CommandFailure(
        "invalid buildMetadata option: \(wrong)",
        details: ["The options are \(known.joined(separator: ", "))."])
    }
    return options
  }
}

/// The keys that annotations may have. `edit set annotation` alone checks them (setannotation.go).
enum AnnotationKey {
  static func check(_ keys: [String]) throws(CommandFailure) {
    if let key = keys.first(where: { !isLegal($0) }) {
      throw CommandFailure(
        "invalid annotation key: \(key)",
        details: [
          "A key is a name of at most 63 letters, digits, '-', '_' and '.', and may have a DNS name and '/' in front."
        ])
    }
  }

  private static func isLegal(_ key: String) -> Bool {
    let parts = key.parts(at: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last, isName(name, most: 63, upper: true) else {
      return false
    }
    guard parts.count == 2 else { return true }
    return parts[0].utf8.count <= 253
      && parts[0].parts(at: ".", omittingEmptySubsequences: false)
        .allSatisfy { isName($0, most: 253, upper: false) }
  }

  private static func isName(_ text: Substring, most: Int, upper: Bool) -> Bool {
    func isEdge(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
        || upper && (0x41...0x5A).contains(byte)
    }
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= most else {
      return false
    }
    return isEdge(first) && isEdge(last)
      && text.utf8.allSatisfy {
        isEdge($0) || $0 == UInt8(ascii: "-")
          || upper && ($0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "."))
      }
  }
}
