/// What the reader makes of tags, quotes and blocks.
extension YAMLReader {
  /// The tag that go-yaml v3 gives a scalar (decode.go `parser.scalar` and `parser.node`).
  static func tag(
    of text: YAMLEvents.Text, _ properties: YAMLEvents.Properties, _ style: YAMLEvents.ScalarStyle
  ) -> (ScalarTag, Node.Flags) {
    if let tag = properties.tag, !(tag.count == 1 && tag[0] == UInt8(ascii: "!")) {
      return (explicitTag(tag), flags(of: style).union(.explicitTag))
    }
    return tag(of: text.span, style)
  }

  /// The same for a scalar without a tag of its own.
  static func tag(
    of text: Span<UInt8>, _ style: YAMLEvents.ScalarStyle
  ) -> (ScalarTag, Node.Flags) {
    (style == .plain ? ScalarTag.plain(text) : .string, flags(of: style))
  }

  /// The quotes or the block that a scalar is written in.
  private static func flags(of style: YAMLEvents.ScalarStyle) -> Node.Flags {
    switch style {
    case .plain: []
    case .singleQuoted: [.quoted, .singleQuoted]
    case .doubleQuoted: .quoted
    case .literal: [.quoted, .literal]
    case .folded: [.quoted, .folded]
    }
  }

  /// The tag that a file names. One that is not of YAML's own becomes `custom`;
  /// its name is not kept.
  private static func explicitTag(_ tag: YAMLEvents.Text) -> ScalarTag {
    let prefix: StaticString = "tag:yaml.org,2002:"
    let count = prefix.utf8CodeUnitCount
    let isStandard =
      tag.count > count
      && prefix.withUTF8Buffer { bytes in bytes.indices.allSatisfy { tag[$0] == bytes[$0] } }
    guard isStandard else { return .custom }
    switch String(decoding: tag[count...], as: UTF8.self) {
    case "str": return .string
    case "int": return .integer
    case "float": return .float
    case "bool": return .bool
    case "null": return .null
    case "timestamp": return .timestamp
    case "binary": return .binary
    case "merge": return .merge
    default: return .custom
    }
  }

  /// What a value keeps of the way its key was written.
  static func keyFlags(_ tag: ScalarTag, _ style: YAMLEvents.ScalarStyle) -> Node.Flags {
    var flags: Node.Flags
    switch style {
    case .plain: flags = .keyIsPlain
    case .singleQuoted: flags = .keyIsSingleQuoted
    case .doubleQuoted: flags = .keyIsDoubleQuoted
    case .literal: flags = .keyIsLiteral
    case .folded: flags = .keyIsFolded
    }
    if tag != .string && tag != .merge { flags.insert(.keyIsNotText) }
    if tag == .null { flags.insert(.keyIsNull) }
    return flags
  }
}
