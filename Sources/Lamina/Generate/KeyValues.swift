/// The data of a generator: what `envs`, `literals` and `files` say, in that order.
struct KeyValues {
  /// A key and its bytes, which need not be text.
  struct Item {
    let key: String
    let value: [UInt8]
    /// Where a file holds the value, which may be the file itself.
    let position: Position
    /// The entry of the generator that asks for it.
    let asked: Position
    var form = Form.pair

    enum Form {
      /// `key=value`, in an env file or as a literal.
      case pair
      /// A line of an env file that has no `=`.
      case keyAlone
      /// The value is a file.
      case file
    }

    /// The key may be a part of a value: a line without `=` may go on with one, and base64 ends with this sign.
    var hasDoubtfulKey: Bool {
      switch form {
      case .pair: !SecretLines.isKey(key, before: value)
      case .keyAlone: true
      case .file: false
      }
    }
  }

  /// The longest line of an env file that Go's scanner takes, its line feed included. kustomize does
  /// not look at the scanner's error: what follows a longer line is silently left out (kv/kv.go).
  static let longestLine = 65_536

  /// Reads all sources of a generator; a key that stands twice is an error.
  ///
  /// Each problem is met on its own (`Mistakes`), since one entry does not depend on another.
  ///
  /// - Parameter isSecret: the data is that of a Secret.
  static func load(
    _ arguments: GeneratorArguments, isSecret: Bool = false, in directory: DirectoryReader,
    _ workspace: inout Workspace
  ) throws(Problem) -> [Item] {
    var items: [Item] = []
    // The same large file may be named any number of times.
    // Bytes that the sources may have together, so that no generator outgrows the memory.
    var rest = Int(workspace.tree.budget.bytes)
    func take(_ count: Int, at position: Position) throws(Problem) {
      rest -= count
      if rest < 0 { throw .tooMuchText(workspace.tree.budget.bytes, at: position) }
    }
    var mistakes = Mistakes()
    for env in arguments.envs {
      try mistakes.collect { () throws(Problem) in
        let file = try directory.read(env, as: "env file")
        try take(file.bytes.count, at: env.position)
        items += try lines(of: file, isSecret: isSecret, asked: env, &workspace)
      }
    }
    for literal in arguments.literals {
      try mistakes.collect { () throws(Problem) in
        items.append(
          try item(ofLiteral: literal, isHidden: isSecret && workspace.sources.hidesSecrets))
      }
    }
    for source in arguments.files {
      try mistakes.collect { () throws(Problem) in
        let item = try item(ofFile: source, isSecret: isSecret, in: directory, &workspace)
        try take(item.value.count, at: source.position)
        items.append(item)
      }
    }
    try mistakes.check()
    var seen: Set<ByteText> = []
    for item in items where !seen.insert(item.key).inserted {
      let isHidden = isSecret && workspace.sources.hidesSecrets && item.hasDoubtfulKey
      throw .repeatedKey(
        isHidden ? SecretLines.mask : item.key, generator: arguments.name, at: item.asked)
    }
    return items
  }

  // MARK: - envs

  /// The items of an env file: `KEY=value` in each line (kv/kv.go `keyValuesFromLines`).
  ///
  /// Values are taken as they are: no quotes, escapes, `export` or trailing spaces are treated.
  /// Lines are split as Go's `bufio.ScanLines` does, at line feeds, with one carriage return before
  /// them dropped.
  private static func lines(
    of file: DirectoryReader.File, isSecret: Bool, asked: Kustomization.Entry,
    _ workspace: inout Workspace
  ) throws(Problem) -> [Item] {
    var items: [Item] = []
    let index = workspace.sources.add(
      path: file.displayPath, bytes: file.bytes, secretPart: isSecret ? .envFile : nil)
    let source = workspace.sources.files[index]
    var start = 0
    var isFirst = true
    while start < file.bytes.count {
      let feed = file.bytes[start...].firstIndex(of: 0x0A)
      let end = feed ?? file.bytes.count
      if end - start >= longestLine || (feed != nil && end - start + 1 > longestLine) {
        workspace.warnings.append(.lineTooLong(file.displayPath, asked.position))
        break
      }
      var line = file.bytes[start..<end]
      if line.last == 0x0D { line = line.dropLast() }
      start = end + 1
      let position = source.position(at: line.startIndex)
      if let item = try item(ofLine: line, isFirst: isFirst, at: position, asked, file) {
        items.append(item)
      }
      isFirst = false
    }
    return items
  }

  /// One line of an env file. Nil for an empty line, a comment and a line without a key; a line
  /// without `=` is a key with an empty value (kv/kv.go `keyValuesFromLine`).
  ///
  /// - Parameters:
  ///   - isFirst: a byte order mark is dropped in the first line only.
  ///   - position: where the line begins.
  private static func item(
    ofLine line: ArraySlice<UInt8>, isFirst: Bool, at position: Position,
    _ asked: Kustomization.Entry,
    _ file: DirectoryReader.File
  ) throws(Problem) -> Item? {
    guard String(validating: line, as: UTF8.self) != nil else {
      throw .invalidUTF8(line, of: file.displayPath, at: position, asked: asked.position)
    }
    let form = line.contains(UInt8(ascii: "=")) ? Item.Form.pair : .keyAlone
    return EnvFile.entry(line, isFirst: isFirst).map { key, value in
      Item(key: key, value: Array(value), position: position, asked: asked.position, form: form)
    }
  }

  // MARK: - literals

  /// `key=value`, where the value may stand in quotes.
  ///
  /// - Parameter isHidden: messages do not quote the text.
  private static func item(
    ofLiteral literal: Kustomization.Entry, isHidden: Bool
  ) throws(Problem) -> Item {
    let bytes = Array(literal.text.utf8)
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
      throw .invalidLiteral(isHidden ? SecretLines.mask : literal.text, at: literal.position)
    }
    var value = bytes[(equals + 1)...]
    if value.count >= 2, let quote = value.first, quote == value.last,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    {
      // One pair of quotes goes, of either sort; escapes within stay (kv/kv.go `removeQuotes`).
      value = value.dropFirst().dropLast()
    }
    return Item(
      key: String(decoding: bytes[..<equals], as: UTF8.self), value: Array(value),
      position: literal.position, asked: literal.position)
  }

  // MARK: - files

  /// `path` or `key=path`; without a key the file's own name is it.
  ///
  /// The path may not hold a `=`, which would make it unclear where the key ends
  /// (internal/generators/utils.go `ParseFileSource`).
  private static func item(
    ofFile source: Kustomization.Entry, isSecret: Bool, in directory: DirectoryReader,
    _ workspace: inout Workspace
  ) throws(Problem) -> Item {
    let parts = source.text.parts(at: "=", omittingEmptySubsequences: false)
      .map { String($0) }
    switch parts.count {
    case 1:
      let file = try directory.read(source, as: "file")
      return Item(
        key: Path.lastPart(source.text), value: file.bytes,
        position: workspace.sources.position(ofWhole: file, isSecret: isSecret),
        asked: source.position, form: .file)
    case 2 where parts[0].isEmpty: throw .missingFileKey(source)
    case 2 where parts[1].isEmpty: throw .missingFilePath(source)
    case 2:
      let path = Kustomization.Entry(text: parts[1], position: source.position)
      let file = try directory.read(path, as: "file")
      return Item(
        key: parts[0], value: file.bytes,
        position: workspace.sources.position(ofWhole: file, isSecret: isSecret),
        asked: source.position, form: .file)
    default: throw .severalEquals(source)
    }
  }
}

/// The lines of an env file, of which nothing is known but that file.
package enum EnvFile {
  /// The keys of all lines, for editors; what may be a part of a value is none (`Item.hasDoubtfulKey`).
  package static func keys(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap {
      guard $1.contains(UInt8(ascii: "=")), let (key, value) = entry($1, isFirst: $0 == 0),
        SecretLines.isKey(key, before: Array(value))
      else { return nil }
      return key
    }
  }

  /// The key and the value of a line; nil for one without a key.
  fileprivate static func entry(
    _ line: ArraySlice<UInt8>, isFirst: Bool
  ) -> (key: String, value: ArraySlice<UInt8>)? {
    var line = line
    if isFirst, line.starts(with: SourceFile.mark) { line = line.dropFirst(3) }
    line = withoutLeadingSpace(line)
    if line.isEmpty || line.first == UInt8(ascii: "#") { return nil }
    let equals = line.firstIndex(of: UInt8(ascii: "=")) ?? line.endIndex
    let key = String(decoding: line[..<equals], as: UTF8.self)
    return key.isEmpty ? nil : (key, line[equals...].dropFirst())
  }

  /// Go's `unicode.IsSpace`, which is more than blanks and tabs.
  ///
  /// The line without spaces at its start.
  private static func withoutLeadingSpace(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let text = String(decoding: line, as: UTF8.self)
    let blanks = text.unicodeScalars.prefix { $0.properties.isWhitespace }
    return line.dropFirst(blanks.reduce(0) { $0 + UTF8.width($1) })
  }
}

extension SourceMap {
  /// Takes a file in that is one value, and returns its beginning.
  fileprivate mutating func position(
    ofWhole file: DirectoryReader.File, isSecret: Bool
  ) -> Position {
    let index = add(
      path: file.displayPath, bytes: file.bytes, secretPart: isSecret ? .value : nil)
    return files[index].position(at: 0)
  }
}

extension Problem {
  fileprivate static func repeatedKey(
    _ key: String, generator: String, at position: Position
  ) -> Problem {
    Problem(
      .repeatedDataKey, "generator \"\(generator)\" illegally repeats the key \"\(key)\"",
      at: position)
  }

  fileprivate static func lineTooLong(_ file: String, _ position: Position) -> Problem {
    Problem(
      .envLineTooLong,
      "\(file) has a line of more than 65,535 bytes; like kustomize, render leaves out that line and all that follow",
      at: position)
  }

  /// - Parameter start: where the line begins.
  fileprivate static func invalidUTF8(
    _ line: ArraySlice<UInt8>, of file: String, at start: Position, asked: Position
  ) -> Problem {
    // Columns count characters, which continuation bytes do not begin.
    let wrong = InvalidByte(in: line)
    let isMarked = line.starts(with: SourceFile.mark)
    let before =
      line[..<(wrong?.offset ?? line.startIndex)].count { $0 & 0xC0 != 0x80 } - (isMarked ? 1 : 0)
    return Problem(
      .envFileNotUtf8, "env file \(file) is not valid UTF-8",
      at: Position(raw: start.raw &+ UInt32(clamping: before)), hint: wrong?.hint
    ).noting("the file was asked for here", at: asked)
  }

  fileprivate static func invalidLiteral(_ text: String, at position: Position) -> Problem {
    Problem(
      .invalidLiteral, "invalid literal source \"\(text)\", expected key=value", at: position)
  }

  fileprivate static func missingFileKey(_ source: Kustomization.Entry) -> Problem {
    Problem(
      .fileSourceWithoutKey, "missing key name in file source \"\(source.text)\"",
      at: source.position)
  }

  fileprivate static func missingFilePath(_ source: Kustomization.Entry) -> Problem {
    Problem(
      .fileSourceWithoutPath, "missing file path in file source \"\(source.text)\"",
      at: source.position)
  }

  fileprivate static func severalEquals(_ source: Kustomization.Entry) -> Problem {
    Problem(
      .fileSourceWithSeveralEquals, "file source \"\(source.text)\" has more than one \"=\"",
      at: source.position)
  }
}
