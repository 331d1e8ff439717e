private import CLibYAML

/// libyaml's events for one text, one at a time.
///
/// The only file that sees libyaml. The text must outlive the value; `YAMLReader` sees to that. Most
/// documents never come here (see `BlockText`).
///
/// It owns libyaml's parser and its event, which hold pointers into themselves and so stay at one
/// address; `deinit` frees them. Text of an event points into libyaml's memory and must be copied
/// before the next event.
struct YAMLEvents: ~Copyable {
  /// Bytes that live until the next event is asked for.
  typealias Text = UnsafeBufferPointer<UInt8>

  enum Event {
    case documentStart
    case documentEnd
    case streamEnd
    case alias(Text)
    case scalar(Text, Properties, style: ScalarStyle)
    case sequenceStart(Properties, isFlow: Bool)
    case sequenceEnd
    case mappingStart(Properties, isFlow: Bool)
    case mappingEnd
    /// The beginning of the stream, which says nothing.
    case other
  }

  enum ScalarStyle {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  /// What may stand before a value: `&anchor !tag`.
  struct Properties {
    let anchor: Text?
    let tag: Text?
  }

  /// Why libyaml stopped; lines and columns count from 0.
  struct Failure: Error {
    let problem: String
    /// What libyaml was doing, such as `while parsing a flow mapping`.
    var context: String?
    /// Where it began to do so.
    var contextPlace: (line: Int, column: Int)?
    /// The byte of the text that is no character; lines are not known then.
    var byte: Int?
    let line: Int
    let column: Int

    var message: String { context.map { "\(problem) \($0)" } ?? problem }
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private var holdsEvent = false
  /// What libyaml reads in place of a text that has byte-order marks inside.
  private let hiddenMarks: HiddenByteOrderMarks?
  private let hiddenText: UnsafeMutableBufferPointer<UInt8>?
  private let refusal: HiddenByteOrderMarks.Refusal?
  /// How many brackets are open, and what libyaml has done for those that are deep.
  private var flowDepth = 0
  private var deepWork = 0

  /// For each token libyaml looks at all brackets that are open (scanner.c
  /// `yaml_parser_fetch_more_tokens`), so that a megabyte within 9,000 of them would take minutes. Up to
  /// this depth nobody counts.
  private static let deepFlow = 256
  /// The looks that may be for deeper ones: some seconds.
  private static let mostDeepWork = 200_000_000

  /// Gives libyaml the text, or a copy of it in which byte-order marks are hidden
  /// (`HiddenByteOrderMarks`).
  init(_ text: Text) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    event = .allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    _ = yaml_parser_initialize(parser)
    let marks: Result<HiddenByteOrderMarks?, HiddenByteOrderMarks.Refusal>
    do throws(HiddenByteOrderMarks.Refusal) {
      marks = .success(try HiddenByteOrderMarks(text))
    } catch { marks = .failure(error) }
    switch marks {
    case .success(let marks): (hiddenMarks, refusal) = (marks, nil)
    case .failure(let error): (hiddenMarks, refusal) = (nil, error)
    }
    hiddenText = hiddenMarks.map { marks in
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: marks.text.count)
      _ = copy.initialize(from: marks.text)
      return copy
    }
    let input = hiddenText.map { UnsafeBufferPointer($0) } ?? text
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    if holdsEvent { yaml_event_delete(event) }
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
    hiddenText?.deallocate()
  }

  /// Where the last event begins, counted from 0.
  var line: Int { Int(event.pointee.start_mark.line) }
  var column: Int { Int(event.pointee.start_mark.column) }

  /// The line that the last event ends on, counted from 0.
  var endLine: Int { Int(event.pointee.end_mark.line) }

  /// The column that the last event ends at, counted from 0.
  var endColumn: Int { Int(event.pointee.end_mark.column) }

  /// The characters of the text that the last event spans, counted from its beginning.
  var characters: Range<Int> {
    Int(event.pointee.start_mark.index)..<Int(event.pointee.end_mark.index)
  }

  /// Reads the next event; the texts of the one before become invalid.
  mutating func next() throws(Failure) -> Event {
    if holdsEvent { yaml_event_delete(event) }
    holdsEvent = false
    if let refusal { throw Failure(problem: refusal.message, line: 0, column: 0) }
    guard yaml_parser_parse(parser, event) == 1 else { throw failure() }
    holdsEvent = true
    let event = current()
    try noteFlow(event)
    return event
  }

  /// Counts the work of deep brackets.
  ///
  /// - Throws: when it is too much; a file of that kind is an attack or a mistake, and Go's parser
  ///   has a limit of its own.
  private mutating func noteFlow(_ event: Event) throws(Failure) {
    switch event {
    case .sequenceStart(_, let isFlow), .mappingStart(_, let isFlow):
      if isFlow || flowDepth > 0 { flowDepth += 1 }
    case .sequenceEnd, .mappingEnd: if flowDepth > 0 { flowDepth -= 1 }
    default: break
    }
    guard flowDepth > Self.deepFlow else { return }
    deepWork += flowDepth
    if deepWork > Self.mostDeepWork {
      throw Failure(
        problem: "too many values are nested deeply in brackets", line: line, column: column)
    }
  }

  /// libyaml's event as a value.
  private func current() -> Event {
    let data = event.pointee.data
    switch event.pointee.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_ALIAS_EVENT: return .alias(Self.text(data.alias.anchor) ?? Text(start: nil, count: 0))
    case YAML_SCALAR_EVENT:
      hiddenMarks?.restore(
        in: UnsafeMutableBufferPointer(start: data.scalar.value, count: data.scalar.length))
      return .scalar(
        Text(start: data.scalar.value, count: data.scalar.length),
        Properties(anchor: Self.text(data.scalar.anchor), tag: Self.text(data.scalar.tag)),
        style: Self.style(data.scalar.style))
    case YAML_SEQUENCE_START_EVENT:
      return .sequenceStart(
        Properties(
          anchor: Self.text(data.sequence_start.anchor), tag: Self.text(data.sequence_start.tag)),
        isFlow: data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      return .mappingStart(
        Properties(
          anchor: Self.text(data.mapping_start.anchor), tag: Self.text(data.mapping_start.tag)),
        isFlow: data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return .other
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> ScalarStyle {
    switch style {
    case YAML_PLAIN_SCALAR_STYLE: .plain
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .doubleQuoted
    }
  }

  /// A C string; nil stands for none.
  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> Text? {
    guard let pointer else { return nil }
    var count = 0
    while pointer[count] != 0 { count += 1 }
    return Text(start: pointer, count: count)
  }

  /// Copies the words of libyaml, as they are gone with the parser.
  private func failure() -> Failure {
    let state = parser.pointee
    var failure = Failure(
      problem: state.problem.map { String(cString: $0) } ?? "the text is not YAML",
      line: Int(state.problem_mark.line), column: Int(state.problem_mark.column))
    if state.error == YAML_READER_ERROR { failure.byte = Int(state.problem_offset) }
    if let context = state.context {
      failure.context = String(cString: context)
      failure.contextPlace = (Int(state.context_mark.line), Int(state.context_mark.column))
    }
    return failure
  }
}
