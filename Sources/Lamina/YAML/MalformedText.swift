/// Finds the mistake in a text that libyaml cannot read.
///
/// libyaml says where it could not go on. A quote that is left open ends at the next one, a key without a
/// colon makes a text of several lines: the mistake then stands lines before. It is looked for only in a
/// text that has failed, in time that grows with the text.
///
/// Each kind of mistake is looked for in turn, from what explains most to what explains least;
/// libyaml's own words are the last resort. A finding never changes whether a text is refused, only
/// what is said. `MalformedTextTests` lists texts and findings.
struct MalformedText {
  /// What is wrong, and where: a byte of the text.
  struct Finding {
    let id: DiagnosticID
    let message: String
    let offset: Int
    var hint: String?
    /// A second place that explains the first.
    var note: (message: String, offset: Int)?
  }

  private let text: ArraySlice<UInt8>
  /// Quotes and brackets as a tolerant reader sees them.
  private let outline: TextOutline
  /// Offsets of the lines' first bytes, in `text`.
  private let starts: [Int]

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    outline = TextOutline(text)
    let own = Array(text)
    var starts = LineStarts(own).offsets.map { text.startIndex + Int($0) }
    // Columns count from behind a byte-order mark.
    if own.starts(with: [0xEF, 0xBB, 0xBF]) { starts[0] += 3 }
    self.starts = starts
  }

  /// What made libyaml fail.
  func finding(_ failure: YAMLEvents.Failure) -> Finding {
    if let offset = failure.byte { return undecodable(failure, at: text.startIndex + offset) }
    let place = offset(line: failure.line, column: failure.column)
    return conflict(before: place) ?? template(before: place) ?? tab(at: place)
      ?? openQuote(failure, at: place) ?? openBracket(failure, at: place)
      ?? structure(failure, at: place) ?? plain(failure, at: place)
  }

  /// A template that reads as a mapping in the place of a key.
  var template: Finding? { template(before: text.endIndex) }

  /// libyaml's own words.
  private func plain(_ failure: YAMLEvents.Failure, at place: Int) -> Finding {
    Finding(
      id: .malformedYaml, message: failure.message, offset: place,
      hint: quotesHint(failure, at: place))
  }

  // MARK: - Places

  /// The line and the column of a byte, both counted from 0, the column in characters.
  func place(of offset: Int) -> (line: Int, column: Int) {
    let line = lineIndex(of: offset)
    let before = text[min(starts[line], offset)..<offset]
    return (line, before.count { $0 & 0xC0 != 0x80 })
  }

  /// The line that holds a byte.
  private func lineIndex(of offset: Int) -> Int {
    max((starts.firstIndex { $0 > offset } ?? starts.count) - 1, 0)
  }

  /// The byte at a line and a column, where libyaml counts columns in characters.
  private func offset(line: Int, column: Int) -> Int {
    guard line < starts.count else { return text.endIndex }
    var (offset, left) = (starts[line], column)
    while offset < text.endIndex, left > 0 || text[offset] & 0xC0 == 0x80 {
      if text[offset] & 0xC0 != 0x80 { left -= 1 }
      offset += 1
    }
    return offset
  }

  /// A line without what ends it.
  private func line(_ index: Int) -> ArraySlice<UInt8> {
    let end = index + 1 < starts.count ? starts[index + 1] : text.endIndex
    return text[starts[index]..<end].prefix { $0 != 0x0A && $0 != 0x0D }
  }

  private func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Bytes

  /// libyaml names the byte that is no UTF-8; `InvalidByte` says what it probably is.
  private func undecodable(_ failure: YAMLEvents.Failure, at place: Int) -> Finding {
    guard let wrong = InvalidByte(in: text) else {
      return Finding(id: .malformedYaml, message: failure.message, offset: place)
    }
    return Finding(id: .notUTF8, message: wrong.message, offset: wrong.offset, hint: wrong.hint)
  }

  // MARK: - What is no YAML at all

  /// The first mark of a conflict that git has left in the text.
  private func conflict(before place: Int) -> Finding? {
    let last = lineIndex(of: place)
    guard let first = (0...last).first(where: { isMark("<<<<<<<", line($0)) }) else { return nil }
    let end = starts.indices[first...].first { isMark(">>>>>>>", line($0)) }
    return Finding(
      id: .mergeConflictMark, message: "a merge conflict has not been resolved",
      offset: starts[first], hint: "choose one side, and take out the marks",
      note: end.map { ("it ends here", starts[$0]) })
  }

  private func isMark(_ mark: String, _ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: mark.utf8) && (line.count == 7 || line[line.startIndex + 7] == 0x20)
  }

  /// Braces as Helm, Jinja or Go templates have them, on or above the line where libyaml stopped.
  private func template(before place: Int) -> Finding? {
    let last = lineIndex(of: place)
    let end = last + 1 < starts.count ? starts[last + 1] : text.endIndex
    guard let found = outline.templates.first, found.lowerBound < end else { return nil }
    let words = string(text[found])
    let isHelm =
      words.begins(with: "{{-") || words.ends(with: "-}}")
      || words.begins(with: "{{") && isOfHelm(words)
    if isHelm {
      return Finding(
        id: .templateInYaml, message: "this is a template of a Helm chart, not YAML",
        offset: found.lowerBound,
        hint: "let helm render the chart: list it under helmCharts")
    }
    return Finding(
      id: .templateInYaml, message: "this is a template, not YAML", offset: found.lowerBound,
      hint: "fill it in first, or write it in quotes to keep it as it is")
  }

  /// Words that only templates of charts have.
  private func isOfHelm(_ words: String) -> Bool {
    [".Values", ".Release", ".Chart", "include ", "template "].contains { words.contains($0) }
      || ["if ", "range ", "with ", "end", "else", "define "].contains {
        words.dropFirst(2).drop { $0 == " " }.begins(with: $0)
      }
  }

  // MARK: - Tabs

  /// libyaml's message names a character that cannot start a token, which nobody sees.
  private func tab(at place: Int) -> Finding? {
    let line = line(lineIndex(of: place))
    let indent = line.prefix { $0 == 0x20 || $0 == 0x09 }
    if let tab = indent.firstIndex(of: 0x09), indent.count < line.count {
      return Finding(
        id: .tabInIndentation, message: "a tab cannot indent a line", offset: tab,
        hint: "use spaces")
    }
    guard place < text.endIndex, text[place] == 0x09 else { return nil }
    return Finding(
      id: .tabInIndentation, message: "a tab cannot stand here", offset: place, hint: "use a space")
  }

  // MARK: - Quotes

  /// Either libyaml reached the end of the text within quotes, or a quote that spans lines ends on
  /// the line where it stopped: then its first line is where one is missing.
  private func openQuote(_ failure: YAMLEvents.Failure, at place: Int) -> Finding? {
    if failure.context == "while scanning a quoted scalar", let context = failure.contextPlace,
      !failure.problem.contains("escape"), !failure.problem.contains("hexdecimal")
    {
      return Finding(
        id: .openQuote, message: "this quote is never closed",
        offset: offset(line: context.line, column: context.column))
    }
    let wrong = lineIndex(of: place)
    let quote = outline.longQuotes.last { quote in
      guard let close = quote.close else { return quote.open < place }
      return close < place && lineIndex(of: close) == wrong
    }
    guard let quote else { return nil }
    return Finding(
      id: .openQuote, message: "this quote is not closed on its line", offset: quote.open,
      note: quote.close.map { ("the text in quotes ends here", $0) })
  }

  /// A value that needs quotes because of what it begins with.
  private func quotesHint(_ failure: YAMLEvents.Failure, at place: Int) -> String? {
    if failure.problem == "found character that cannot start any token" {
      return "write the value in quotes"
    }
    if failure.context == "while scanning an alias" || failure.context == "while scanning an anchor"
    {
      return "a value that begins with * or & must be in quotes"
    }
    if failure.problem == "found unknown escape character" {
      return "write the backslash twice, or use single quotes"
    }
    if failure.problem.begins(with: "block sequence entries are not allowed") {
      return "begin the list on a line of its own"
    }
    return nil
  }

  // MARK: - Brackets

  /// A bracket that is open where libyaml stopped: closed too late, never, or with a comma missing
  /// within.
  private func openBracket(_ failure: YAMLEvents.Failure, at place: Int) -> Finding? {
    guard let bracket = outline.innermostBracket(before: place) else { return nil }
    let (opening, wrong) = (lineIndex(of: bracket.open), lineIndex(of: place))
    let (open, close) = bracket.isMapping ? ("{", "}") : ("[", "]")
    let isClosed = bracket.close != nil && !holdsBlockLines(opening + 1, wrong, bracket)
    if isClosed || opening == wrong && place < text.endIndex && !isAtLineEnd(place) {
      guard failure.problem.contains("expected ','") else { return nil }
      // Without the comma, a number and the key on the next line make one text, up to the colon.
      let isColon = opening < wrong && text[place...].first == UInt8(ascii: ":")
      return Finding(
        id: .malformedYaml, message: "expected \",\" or \"\(close)\"",
        offset: isColon ? content(ofLine: wrong).startIndex : place,
        note: opening == wrong ? nil : ("the \"\(open)\" is here", bracket.open))
    }
    return Finding(
      id: .openBracket, message: "this \"\(open)\" is never closed", offset: bracket.open,
      hint: "add \"\(close)\"")
  }

  private func isAtLineEnd(_ place: Int) -> Bool {
    text[place...].prefix { $0 != 0x0A }.allSatisfy { $0 <= 0x20 }
  }

  /// Lines behind a bracket look as if it had been closed: they are indented no more than its own line, and
  /// are fields.
  private func holdsBlockLines(_ first: Int, _ last: Int, _ bracket: TextOutline.Bracket) -> Bool {
    guard first <= last else { return false }
    return (first...last).contains { index in
      let content = line(index).drop { $0 == 0x20 }
      guard let byte = content.first, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]"),
        byte != UInt8(ascii: "#"), content.startIndex - starts[index] <= bracket.indent
      else { return false }
      return keyEnd(in: content) != nil && byte != UInt8(ascii: "\"")
    }
  }

  // MARK: - Lines

  /// Mistakes of indentation, by the words of libyaml's message.
  private func structure(_ failure: YAMLEvents.Failure, at place: Int) -> Finding? {
    if failure.problem == "mapping values are not allowed in this context" {
      return valueInValue(at: place)
    }
    if failure.problem == "could not find expected ':'", let context = failure.contextPlace {
      return missingColon(inLine: context.line)
    }
    guard failure.context?.begins(with: "while parsing a block") == true else { return nil }
    let index = lineIndex(of: place)
    let before = text[starts[index]..<place]
    guard before.allSatisfy({ $0 == 0x20 }) else {
      let last = before.last { $0 > 0x20 }
      guard last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") else { return nil }
      return Finding(
        id: .malformedYaml, message: "text follows a closing quote", offset: place,
        hint: "write all of the value in one pair of quotes")
    }
    let isItem = text[place...].starts(with: [UInt8(ascii: "-"), 0x20])
    let context = failure.contextPlace?.column
    if context == before.count {
      return Finding(
        id: .malformedYaml,
        message: isItem
          ? "an item of a list stands among the fields of a mapping"
          : "a field stands among the items of a list",
        offset: place)
    }
    return Finding(
      id: .malformedYaml,
      message: "this line is indented by \(before.count), which fits no line above it",
      offset: place)
  }

  /// A colon where no key can end: in a value, on a line that is indented too deeply, or below a line that
  /// has lost its colon.
  private func valueInValue(at place: Int) -> Finding? {
    let index = lineIndex(of: place)
    let content = content(ofLine: index)
    if let first = keyEnd(in: content), first < place {
      let value = content[(first + 1)...].drop { $0 == 0x20 }
      let text = string(value)
      let isPlain = !text.contains("\"") && !text.contains("\\") && !text.contains(" #")
      return Finding(
        id: .malformedYaml, message: "a value with \": \" in it must be in quotes", offset: place,
        hint: isPlain ? "write \"\(text)\"" : nil)
    }
    guard let above = lineAbove(index) else { return nil }
    let upper = self.content(ofLine: above)
    guard let end = keyEnd(in: upper) else {
      let isItem = upper.startIndex - starts[above] > indent(above)
      let mayBeField =
        upper.contains(0x20)
        && upper.startIndex - starts[above] == content.startIndex - starts[index]
      if isItem, !mayBeField {
        return Finding(
          id: .malformedYaml, message: "this line is indented deeper than the list above it",
          offset: content.startIndex, note: ("the last item is here", upper.startIndex))
      }
      return missingColon(inLine: above)
    }
    let key = string(upper[..<end])
    return Finding(
      id: .malformedYaml,
      message: "this line is indented deeper than \"\(key)\" above it, which has a value already",
      offset: content.startIndex, note: ("\"\(key)\" is here", upper.startIndex))
  }

  /// A line that should be a field, and has no colon, or no blank behind it.
  private func missingColon(inLine index: Int) -> Finding? {
    var first = index
    // A text of several lines began further above.
    while let above = lineAbove(first), keyEnd(in: content(ofLine: above)) == nil,
      indent(above) == indent(first),
      !line(above).drop(while: { $0 == 0x20 }).starts(with: "- ".utf8)
    { first = above }
    let content = content(ofLine: first)
    guard let byte = content.first, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'"),
      byte < 0x80, !content.starts(with: "---".utf8)
    else { return nil }
    if let colon = content.firstIndex(of: UInt8(ascii: ":")), colon > content.startIndex {
      let (key, value) = (string(content[..<colon]), string(content[(colon + 1)...]))
      if !key.contains(" "), !value.begins(with: "//") {
        return Finding(
          id: .missingColon, message: "a space is missing behind the colon",
          offset: content.startIndex,
          hint: "write \"\(key): \(value)\"")
      }
    }
    let word = string(content.prefix { $0 > 0x20 })
    return Finding(
      id: .missingColon, message: "\"\(word)\" has no colon behind it",
      offset: content.startIndex,
      hint: word.utf8.count < content.count
        ? "write \"\(word): \(string(content.dropFirst(word.utf8.count).drop { $0 <= 0x20 }))\""
        : nil)
  }

  /// A line from its first key or value on, without the dashes of lists.
  private func content(ofLine index: Int) -> ArraySlice<UInt8> {
    var content = line(index).drop { $0 == 0x20 }
    while content.starts(with: "- ".utf8) { content = content.dropFirst(2).drop { $0 == 0x20 } }
    while let last = content.last, last <= 0x20 { content.removeLast() }
    return content
  }

  /// The spaces at the beginning of a line.
  private func indent(_ index: Int) -> Int { line(index).prefix { $0 == 0x20 }.count }

  /// The colon behind the key that a line begins with.
  private func keyEnd(in content: ArraySlice<UInt8>) -> Int? {
    content.indices.first { index in
      content[index] == UInt8(ascii: ":")
        && (index + 1 == content.endIndex || content[index + 1] <= 0x20)
    }
  }

  /// The last line above with something on it that is no comment.
  private func lineAbove(_ index: Int) -> Int? {
    (0..<index).last { line in
      let content = self.line(line).drop { $0 == 0x20 }
      return !content.isEmpty && content.first != UInt8(ascii: "#")
    }
  }
}
