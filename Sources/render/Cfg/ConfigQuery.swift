import Lamina
import LaminaEditing
import Pattern

/// A path to fields of an object as `cfg` takes it: `spec.containers[name=app].image`, where the text behind
/// `=` is a regular expression, `*` stands for every item and a number for one.
struct ConfigPath {
  private enum Step {
    case field(String)
    case every
    case item(Int)
    /// Items whose field matches, or whose own text does where the field has no name.
    case matching(field: String, Pattern)
  }

  /// A value that was found, and the texts of the items on the way.
  struct Match {
    let value: YAMLValue
    var items: [String] = []
    /// The keys and numbers that lead to the value.
    var path: [String] = []
  }

  private let steps: [Step]

  init(_ parts: [String]) throws(CommandFailure) {
    var steps: [Step] = []
    for part in parts { steps.append(try Self.step(part)) }
    self.steps = steps
  }

  /// Splits a path at dots, but not at those in brackets; `\.` is a dot of a name.
  static func parts(of text: String) throws(CommandFailure) -> [String] {
    var parts: [String] = [""]
    var (isEscaped, depth) = (false, 0)
    for scalar in text.unicodeScalars {
      if scalar == "[" { depth += 1 }
      if scalar == "]" { depth -= 1 }
      let isPlain = scalar != "\\" && (scalar != "." || depth > 0)
      if isEscaped || isPlain {
        if isEscaped, scalar != "." { parts[parts.count - 1].append("\\") }
        parts[parts.count - 1].unicodeScalars.append(scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        parts.append("")
      }
    }
    var result: [String] = []
    for part in parts {
      let pieces = part.parts(at: "[", omittingEmptySubsequences: false)
      if pieces.count > 2 {
        throw CommandFailure(
          "unrecognized path element: \(part).  Should be of the form 'list[field=value]'")
      }
      result.append(String(pieces[0]))
      if let item = pieces.dropFirst().first { result.append("[\(item)") }
    }
    return result
  }

  private static func step(_ part: String) throws(CommandFailure) -> Step {
    if part == "*" { return .every }
    if let number = Int(part), number >= 0 { return .item(number) }
    guard part.begins(with: "["), part.ends(with: "]"), let cut = part.cut(at: "=") else {
      return .field(part)
    }
    let expression = String(Substring(cut.after.utf8.dropLast()))
    guard let pattern = Pattern(text: expression) else {
      throw CommandFailure("\(part) is no regular expression")
    }
    return .matching(field: String(Substring(cut.before.utf8.dropFirst())), pattern)
  }

  func matches(in value: YAMLValue) -> [Match] {
    var matches = [Match(value: value)]
    for step in steps {
      matches = matches.flatMap { match in
        next(step, match.value).map {
          Match(value: $0.value, items: match.items + $0.item, path: match.path + [$0.step])
        }
      }
    }
    return matches
  }

  private struct Child {
    let value: YAMLValue
    let step: String
    var item: [String] = []
  }

  private func next(_ step: Step, _ value: YAMLValue) -> [Child] {
    let items = value.items
    switch step {
    case .field(let name): return value[name].map { [Child(value: $0, step: name)] } ?? []
    case .every:
      return items.enumerated().map { Child(value: $0.element, step: "\($0.offset)") }
    case .item(let number):
      return items.indices.contains(number) ? [Child(value: items[number], step: "\(number)")] : []
    case .matching(let field, let pattern):
      return items.enumerated().compactMap { number, item in
        let text = (field.isEmpty ? item : item[field] ?? .null).text
        guard let text, pattern.matches(text) else { return nil }
        return Child(value: item, step: "\(number)", item: field.isEmpty ? [] : [text])
      }
    }
  }
}

/// What `cfg grep` looks for.
struct ConfigQuery {
  private enum Comparison {
    case matches(Pattern)
    case compares(Quantity, (Quantity, Quantity) -> Bool)
  }

  private let path: ConfigPath
  private let comparison: Comparison

  /// Reads `PATH=REGEXP` or a comparison. Dots of the right side are its own: kustomize splits the whole
  /// query at dots, and finds nothing for `image=nginx:1.27`.
  init(_ text: String) throws(CommandFailure) {
    let name = Self.name(of: text)
    path = try ConfigPath(ConfigPath.parts(of: String(name)))
    let rest = text[name.endIndex...]
    let signs: [(String, (Quantity, Quantity) -> Bool)] = [
      (">=", { $0 >= $1 }), ("<=", { $0 <= $1 }), (">", { $0 > $1 }), ("<", { $0 < $1 }),
    ]
    if let (sign, compare) = signs.first(where: { rest.begins(with: $0.0) }) {
      let value = String(rest.dropFirst(sign.count))
      guard let quantity = Quantity(value) else {
        throw CommandFailure("\(value): this is no quantity of Kubernetes")
      }
      comparison = .compares(quantity, compare)
      return
    }
    let value = String(rest.dropFirst())
    if value.contains("=") {
      throw CommandFailure(
        "ambiguous match -- multiple of ['<', '>', '<=', '>=', '=' in final path element: \(text)")
    }
    guard let pattern = Pattern(text: value) else {
      throw CommandFailure("\(value) is no regular expression")
    }
    comparison = .matches(pattern)
  }

  /// What stands before the first sign that is not in brackets.
  private static func name(of text: String) -> Substring {
    var depth = 0
    return text.prefix { character in
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      return depth > 0 || !"=<>".contains(character)
    }
  }

  func isTrue(of value: YAMLValue) -> Bool {
    path.matches(in: value).contains { match in
      switch comparison {
      case .matches(let pattern):
        pattern.matches(ConfigText.flow(match.value).filter { $0 != "\"" })
      case .compares(let wanted, let compare):
        match.value.text.flatMap { Quantity($0) }.map { compare($0, wanted) } ?? false
      }
    }
  }
}

/// A number with a unit of Kubernetes', such as `500m` or `2Gi`.
struct Quantity: Comparable {
  private let value: Double

  init?(_ text: String) {
    let number = text.prefix { "+-.0123456789".contains($0) }
    var unit = String(text.dropFirst(number.count))
    var digits = String(number)
    if let first = unit.first, "eE".contains(first), Int(unit.dropFirst()) != nil {
      digits += unit
      unit = ""
    }
    guard let value = Double(digits), let scale = Self.scales[unit] else { return nil }
    self.value = value * scale
  }

  private static let scales: [String: Double] = [
    "": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
    "E": 1e18, "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776,
    "Pi": 1_125_899_906_842_624, "Ei": 1_152_921_504_606_846_976,
  ]

  static func < (a: Quantity, b: Quantity) -> Bool { a.value < b.value }
}
