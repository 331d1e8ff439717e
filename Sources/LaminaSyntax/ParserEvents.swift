private import CLibYAML

/// libyaml's events for one text, with places in bytes. The only file of the module that sees libyaml.
struct ParserEvents {
  /// One event, without what the memory of libyaml holds.
  struct Event {
    /// The events that matter; begin and end of the stream do not.
    enum Kind {
      case documentStart(isExplicit: Bool)
      case documentEnd(isExplicit: Bool)
      case alias(name: [UInt8])
      case scalar(SyntaxNode.Style, text: [UInt8])
      case sequenceStart(isFlow: Bool)
      case sequenceEnd
      case mappingStart(isFlow: Bool)
      case mappingEnd
    }

    let kind: Kind
    /// The bytes between libyaml's marks. Where the start of a collection has an anchor or a tag,
    /// it begins with that.
    let range: Range<Int>
    /// How many of anchor and tag stand in front of a collection.
    var propertyCount = 0
  }

  /// For each token libyaml looks at all brackets that are open, so that deep ones take square time.
  private static let deepestBrackets = 1_000

  /// All events of a text.
  ///
  /// Throws where the text is not YAML, or is not UTF-8.
  static func read(_ text: [UInt8]) throws(SyntaxError) -> [Event] {
    let hasMark = text.starts(with: [0xEF, 0xBB, 0xBF])
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw SyntaxError(message: "the text is not UTF-8", line: 1, column: 1)
    }
    if let mark = secondMark(in: text) { throw .at(mark, in: text, "there is a byte-order mark") }
    let offsets = CharacterOffsets(text, start: hasMark ? 3 : 0)
    return try text.withUnsafeBufferPointer { bytes throws(SyntaxError) in
      try read(bytes, of: text, offsets)
    }
  }

  /// Runs the parser to the end, and frees all that it gave.
  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, of text: [UInt8], _ offsets: CharacterOffsets
  ) throws(SyntaxError) -> [Event] {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      throw SyntaxError(message: "there is no memory", line: 1, column: 1)
    }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
    var events: [Event] = []
    var depth = 0
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { throw failure(parser, in: text) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return events }
      guard let read = Event(event, offsets) else { continue }
      depth += read.bracketDepth
      if depth > deepestBrackets {
        throw .at(read.range.lowerBound, in: text, "brackets are nested too deeply")
      }
      events.append(read)
    }
  }

  /// Where a byte-order mark is that is not the text's first character. libyaml and Go's port disagree on
  /// what it means.
  private static func secondMark(in text: [UInt8]) -> Int? {
    guard text.count > 3 else { return nil }
    return (1..<text.count - 2).first {
      text[$0] == 0xEF && text[$0 + 1] == 0xBB && text[$0 + 2] == 0xBF
    }
  }

  /// libyaml's own words, with what it was reading when it met the problem.
  private static func failure(_ parser: yaml_parser_t, in text: [UInt8]) -> SyntaxError {
    var words = parser.problem.map { String(cString: $0) } ?? "the text is not YAML"
    if let context = parser.context { words += " \(String(cString: context))" }
    if parser.error == YAML_READER_ERROR {
      return .at(Int(parser.problem_offset), in: text, words)
    }
    return SyntaxError(
      message: words, line: Int(parser.problem_mark.line) + 1,
      column: Int(parser.problem_mark.column) + 1)
  }
}

extension ParserEvents.Event {
  /// Nil for what says nothing.
  fileprivate init?(_ event: yaml_event_t, _ offsets: CharacterOffsets) {
    let start = offsets.byte(ofCharacter: Int(event.start_mark.index))
    let end = offsets.byte(ofCharacter: Int(event.end_mark.index))
    range = start..<max(start, end)
    let data = event.data
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      kind = .documentStart(isExplicit: data.document_start.implicit == 0)
    case YAML_DOCUMENT_END_EVENT:
      kind = .documentEnd(isExplicit: data.document_end.implicit == 0)
    case YAML_ALIAS_EVENT: kind = .alias(name: Self.bytes(data.alias.anchor))
    case YAML_SCALAR_EVENT:
      let text = UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
      kind = .scalar(Self.style(data.scalar.style), text: Array(text))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = data.sequence_start
      kind = .sequenceStart(isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
      propertyCount = (sequence.anchor == nil ? 0 : 1) + (sequence.tag == nil ? 0 : 1)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let mapping = data.mapping_start
      kind = .mappingStart(isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE)
      propertyCount = (mapping.anchor == nil ? 0 : 1) + (mapping.tag == nil ? 0 : 1)
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: return nil
    }
  }

  /// How many brackets the event opens, as far as libyaml's work for them is concerned.
  fileprivate var bracketDepth: Int {
    switch kind {
    case .sequenceStart, .mappingStart: 1
    case .sequenceEnd, .mappingEnd: -1
    default: 0
    }
  }

  /// Any style that is none of the others is taken for double quotes, which keep everything.
  private static func style(_ style: yaml_scalar_style_t) -> SyntaxNode.Style {
    switch style {
    case YAML_PLAIN_SCALAR_STYLE: .plain
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .doubleQuoted
    }
  }

  /// The bytes of a C string.
  private static func bytes(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> [UInt8] {
    guard let pointer else { return [] }
    var count = 0
    while pointer[count] != 0 { count += 1 }
    return Array(UnsafeBufferPointer(start: pointer, count: count))
  }
}

extension SyntaxError {
  /// An error at a byte of a text.
  static func at(_ offset: Int, in text: [UInt8], _ message: String) -> SyntaxError {
    let before = text[..<min(max(offset, 0), text.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = before[start...].count { $0 & 0xC0 != 0x80 }
    return SyntaxError(message: message, line: line + 1, column: column + 1)
  }
}
