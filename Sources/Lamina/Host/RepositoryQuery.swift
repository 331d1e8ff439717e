/// What stands behind the `?` of a repository's address: `ref`, `version`, `timeout`, `submodules`.
///
/// Values that make no sense are passed over, and so is the whole query where its form is wrong
/// (internal/git/repospec.go `parseQuery`).
struct RepositoryQuery {
  /// A branch, a tag or a commit; empty where the repository decides.
  private(set) var ref = ""
  /// How many nanoseconds one call of git may take.
  private(set) var timeLimit = Self.usualTimeLimit

  /// As in kustomize, in nanoseconds.
  static let usualTimeLimit: Int64 = 27_000_000_000
  private(set) var wantsSubmodules = true

  /// Of a malformed query nothing is taken, and of values that make no sense the default stays.
  init(_ text: Substring.UTF8View) {
    guard let values = Self.values(text) else { return }
    ref = [values["ref"], values["version"]].compactMap { $0 }.first { !$0.isEmpty } ?? ""
    if let time = values["timeout"] { timeLimit = Self.nanoseconds(time) ?? timeLimit }
    if let word = values["submodules"] { wantsSubmodules = Self.truth(word) ?? wantsSubmodules }
  }

  /// The first value of each key (Go's `url.ParseQuery`); nil where the text is malformed.
  private static func values(_ text: Substring.UTF8View) -> [String: String]? {
    var values: [String: String] = [:]
    for pair in text.split(separator: UInt8(ascii: "&")) {
      if pair.contains(UInt8(ascii: ";")) { return nil }
      let sign = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let key = unescaped(pair[..<sign]), let value = unescaped(pair[sign...].dropFirst())
      else { return nil }
      if values[key] == nil { values[key] = value }
    }
    return values
  }

  /// As Go's `url.QueryUnescape` has it, where `+` is a space; nil where an escape is incomplete.
  private static func unescaped(_ text: Substring.UTF8View) -> String? {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(JSONString.hexDigit),
          let low = rest.popFirst().flatMap(JSONString.hexDigit)
        else { return nil }
        bytes.append(UInt8(high << 4 | low))
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A number of seconds, or a length of time with units; more than none of it. Seconds that are too
  /// many to count in nanoseconds are as many as can be counted: Go wraps them to a negative time, so
  /// that kustomize gives up at once.
  private static func nanoseconds(_ text: String) -> Int64? {
    if let seconds = Int64(text), seconds > 0 {
      let (time, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
      return isTooLong ? .max : time
    }
    guard let time = GoDuration.nanoseconds(text), time > 0 else { return nil }
    return time
  }

  /// The words of Go's `strconv.ParseBool`.
  private static func truth(_ word: String) -> Bool? {
    switch word {
    case "1", "t", "T", "true", "TRUE", "True": true
    case "0", "f", "F", "false", "FALSE", "False": false
    default: nil
    }
  }
}
