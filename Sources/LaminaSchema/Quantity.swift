internal import Lamina

/// The grammar of amounts: `500m`, `1.5`, `1Gi`, `1e3`.
///
/// A number with an optional sign, and a suffix: one of the powers of ten or of 1,024, or an exponent. Source:
/// apimachinery `pkg/api/resource/quantity.go`.
enum Quantity {
  /// The empty one is a plain number.
  private static let suffixes: Set<String> = [
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
  ]

  /// - Parameter text: without spaces; Kubernetes refuses those, too.
  static func isValid(_ text: String) -> Bool {
    guard let (_, suffix) = parts(of: text[...]) else { return false }
    return suffixes.contains(suffix) || isExponent(suffix)
  }

  /// The number, and what stands behind it; nil where the text does not begin with a number.
  private static func parts(of text: Substring) -> (number: Substring, suffix: String)? {
    let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    let number = unsigned.prefix { $0 == "." || isDigit($0) }
    guard number.contains(where: isDigit), number.lazy.filter({ $0 == "." }).count <= 1 else {
      return nil
    }
    return (text[..<number.endIndex], String(unsigned[number.endIndex...]))
  }

  /// An ASCII digit without an accent.
  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  /// `e3`, `E-2`.
  private static func isExponent(_ suffix: String) -> Bool {
    guard suffix.first == "e" || suffix.first == "E" else { return false }
    let rest = suffix.dropFirst()
    let digits = rest.first == "-" || rest.first == "+" ? rest.dropFirst() : rest
    return !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  /// What a text that is no quantity was probably meant to be: `128 MB` is `128M`, and `100mi` is `100Mi`.
  ///
  /// - Parameter resource: what is measured; of `cpu` there are no binary multiples.
  static func nearest(to text: String, of resource: String) -> String? {
    guard let (number, rest) = parts(of: text.filter { $0 != " " }[...]) else { return nil }
    var suffix = rest
    if suffix.count > 1, suffix.last == "B" || suffix.last == "b" { suffix.removeLast() }
    if suffix.lowercased() == "b" { suffix = "" }
    if resource == "cpu", suffix.lowercased().begins(with: "m") { return "\(number)m" }
    let sameLetters = suffixes.sorted().first { $0.lowercased() == suffix.lowercased() }
    return sameLetters.map { "\(number)\($0)" }
  }
}
