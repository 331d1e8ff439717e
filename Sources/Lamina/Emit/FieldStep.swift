/// One step on the way to a field.
///
///     let path: [FieldStep] = ["spec", "template", "spec", "containers", .element("name", "web"), "image"]
///     print(FieldStep.text(of: path))   // spec.template.spec.containers[name=web].image
public enum FieldStep: Sendable, Hashable {
  /// Into the value of a mapping's key.
  case key(String)
  /// Into an element of a list; the first has 0.
  case index(Int)
  /// Into the first element of a list that holds these texts under these keys.
  case element([KeyValue])

  /// A key of an element, and the text of the string, number or boolean there.
  public struct KeyValue: Sendable, Hashable {
    /// The key. `metadata.name` is the name in the metadata of an element, and no text the element itself.
    public let key: String
    /// The text, without quotes.
    public let value: String

    /// Pairs a key with a text.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }

    /// Both texts have the same bytes.
    public static func == (one: KeyValue, other: KeyValue) -> Bool {
      one.key.hasBytes(of: other.key) && one.value.hasBytes(of: other.value)
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(ByteText(key))
      hasher.combine(ByteText(value))
    }
  }

  /// Into the first element of a list that holds a text under a key.
  public static func element(_ key: String, _ value: String) -> FieldStep {
    .element([KeyValue(key: key, value: value)])
  }
}

extension FieldStep {
  /// Texts are equal if their bytes are.
  public static func == (one: FieldStep, other: FieldStep) -> Bool {
    switch (one, other) {
    case (.key(let one), .key(let other)): one.hasBytes(of: other)
    case (.index(let one), .index(let other)): one == other
    case (.element(let one), .element(let other)): one == other
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .key(let key): hasher.combine(ByteText(key))
    case .index(let index): hasher.combine(index)
    case .element(let keys): hasher.combine(keys)
    }
  }
}

extension FieldStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral key: String) { self = .key(key) }
  public init(integerLiteral index: Int) { self = .index(index) }
}

extension FieldStep: CustomStringConvertible {
  /// The step as a path begins with it: `containers`, `["example.com/owner"]`, `[0]`, `[name=web]`.
  public var description: String { Self.text(of: CollectionOfOne(self)) }

  /// A path as reports print it and ignore rules are written.
  ///
  ///     spec.template.spec.containers[name=app].image
  ///     metadata.annotations["example.com/owner"]
  ///     spec.ports[12][port=80,protocol=TCP]
  ///
  /// Keys have dots between them; those that hold anything but letters, digits, `-`, `_` and `$` stand in
  /// brackets and quotes. The text of no steps is empty.
  public static func text(of path: some Sequence<FieldStep>) -> String {
    var text = ""
    for step in path {
      switch step {
      case .key(let key) where isPlain(key): text += text.isEmpty ? key : ".\(key)"
      case .key(let key): text += "[\(quoted(key))]"
      case .index(let index): text += "[\(index)]"
      case .element(let keys):
        let pairs = keys.map { "\($0.key)=\(shown($0.value))" }
        text += "[\(pairs.joined(separator: ","))]"
      }
    }
    return text
  }

  /// Whether a key can stand without quotes.
  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "$"):
          true
        default: false
        }
      }
  }

  /// The text under a key, in quotes where it would not be known for one otherwise.
  private static func shown(_ text: String) -> String {
    let needsQuotes = text.utf8.contains {
      $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"")
    }
    return needsQuotes ? quoted(text) : text
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
