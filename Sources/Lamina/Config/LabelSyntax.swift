/// What Kubernetes takes for the key and the value of a label.
///
/// Source: k8s.io/apimachinery pkg/util/validation/validation.go (`IsQualifiedName`,
/// `IsValidLabelValue`, `IsDNS1123Subdomain`), whose words these are.
enum LabelSyntax {
  typealias Refusal = LabelSelectorParser.Refusal

  /// - Throws: all that is wrong with the key, in the words of Kubernetes.
  static func checkKey(_ key: [UInt8]) throws(Refusal) {
    let faults = faultsOfKey(key)
    guard faults.isEmpty else {
      throw Refusal(words: "invalid label key \(quoted(key)): \(faults.joined(separator: "; "))")
    }
  }

  /// Checks values in the order of their bytes, as Kubernetes keeps them in a sorted set.
  static func checkValues(_ values: [[UInt8]], of key: String) throws(Refusal) {
    for value in values.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      var faults: [String] = []
      if value.count > 63 { faults.append("must be no more than 63 characters") }
      if !value.isEmpty, !isName(value[...]) { faults.append(valueRule) }
      guard faults.isEmpty else {
        throw Refusal(
          words: "invalid label value: \(quoted(value)): at key: \(quoted(Array(key.utf8))): "
            + faults.joined(separator: "; "))
      }
    }
  }

  /// Whether Kubernetes takes a text for the key of a label, or of an annotation.
  static func isKey(_ key: [UInt8]) -> Bool { faultsOfKey(key).isEmpty }

  /// Whether Kubernetes takes a text for the value of a label.
  static func isValue(_ value: [UInt8]) -> Bool {
    value.isEmpty || (value.count <= 63 && isName(value[...]))
  }

  /// Whether a text is a DNS label of a length that every kind of object takes for a name.
  ///
  /// A quick answer for nearly all names: a text for which this is false may still be a name.
  static func isShortLabel(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text.count <= 63 else { return false }
    for place in text.indices {
      switch text[place] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): continue
      case UInt8(ascii: "-"): if place == 0 || place == text.count - 1 { return false }
      default: return false
      }
    }
    return true
  }

  /// Labels with dots between them, such as names of most objects.
  static func isSubdomain(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy(isDNSLabel)
  }

  /// What is wrong with a key; nothing if it is right. It is `name` or `prefix/name`, where the
  /// prefix is a domain.
  private static func faultsOfKey(_ key: [UInt8]) -> [String] {
    let parts = key.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count <= 2 else {
      let rest = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
      return ["a qualified name \(nameRule) \(rest)"]
    }
    var faults: [String] = []
    if parts.count == 2 { faults += faultsOfPrefix(parts[0]).map { "prefix part \($0)" } }
    let name = parts[parts.count - 1]
    if name.isEmpty { faults.append("name part must be non-empty") }
    if name.count > 63 { faults.append("name part must be no more than 63 characters") }
    if !isName(name) { faults.append("name part \(nameRule)") }
    return faults
  }

  private static func faultsOfPrefix(_ prefix: ArraySlice<UInt8>) -> [String] {
    if prefix.isEmpty { return ["must be non-empty"] }
    var faults: [String] = []
    if prefix.count > 253 { faults.append("must be no more than 253 characters") }
    if !isSubdomain(prefix) { faults.append(subdomainRule) }
    return faults
  }

  /// Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.
  private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    guard isAlphanumeric(first), isAlphanumeric(last) else { return false }
    return text.allSatisfy {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: ".")
    }
  }

  /// Lower case letters, digits and `-`, with a letter or digit at both ends.
  static func isDNSLabel(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    guard isLowercase(first), isLowercase(last) else { return false }
    return text.allSatisfy { isLowercase($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowercase(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLowercase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Go's `%q`, as far as selectors need it.
  private static func quoted(_ text: [UInt8]) -> String {
    var result = "\""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  // MARK: - Words

  private static let nameRule = """
    must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
    alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation \
    is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
    """

  private static let valueRule = """
    a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', \
    and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or \
    '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
    """

  private static let subdomainRule = """
    a DNS-1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must \
    start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
    '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
    """
}
