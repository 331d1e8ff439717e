private import Synchronization

/// Lines of files without the values of Secrets, for messages that must not show them.
///
/// The text alone decides, since a message may be about text that is no YAML at all, and in doubt too much is masked:
///
/// - of a document that says `kind: Secret`, and of a patch of a kustomization that is for Secrets, only keys are shown;
/// - of a JSON patch with a path into `data` or `stringData`, only keys and paths;
/// - of `secretGenerator` in a kustomization, and of a `SecretGenerator`, the fields that generators have, and of a
///   literal what is a key for sure (`SecretLines+Generators`), and of env files of Secrets the same.
struct SecretLines: Sendable {
  /// What stands for a value.
  static let mask = "(secret)"

  enum Holder: Sendable {
    /// A document that says `kind: Secret`, or a patch of one's data.
    case secret
    /// `secretGenerator` of a kustomization, or a `SecretGenerator`.
    case generator
    /// A line of its `options`, which hold nothing secret.
    case options
    /// A line of its `literals`: an item begins on it, or goes on; the latter also below fields that it does not have.
    case literal(isStart: Bool)
    case envFile
    /// A file that is one value.
    case value
  }

  let lines: [Substring]
  private let isOdd: Bool
  /// What holds each line; nil where nothing on it is secret.
  private var holders: [Holder?]
  /// A patch whose target may be a Secret is taken for one of a Secret.
  private let hidesDoubtfulPatches: Bool
  private let memo = Memo()

  /// - Parameters:
  ///   - part: what the text is to a Secret.
  ///   - isOdd: words may be spelled with escapes, or stand behind an alias.
  ///   - hidesDoubtfulPatches: no build knows what the targets of patches select.
  init(
    of lines: [Substring], as part: SecretPart?, isOdd: Bool = false,
    hidesDoubtfulPatches: Bool = false
  ) {
    self.lines = lines
    self.isOdd = isOdd
    self.hidesDoubtfulPatches = hidesDoubtfulPatches
    let holder: Holder? =
      switch part {
      case nil, .patches: nil
      case .envFile: .envFile
      case .value: .value
      }
    holders = Array(repeating: holder, count: lines.count)
    if holder != nil { return }
    var start = 0
    for number in lines.indices {
      let isLast = number + 1 == lines.count
      guard isLast || lines[number + 1].begins(with: "---") else { continue }
      findHolders(in: start...number)
      start = number + 1
    }
  }

  /// The lines of a text of which nothing is secret for sure have no holders, and are not cut.
  ///
  /// - Parameter bytes: the text with its line breaks.
  init(
    of bytes: [UInt8], as part: SecretPart?, hidesDoubtfulPatches: Bool = false,
    lines: () -> [Substring]
  ) {
    let (mayHold, isOdd) = bytes.withUnsafeBufferPointer { bytes in
      let namesKind = Self.kinds.contains { Self.contains($0, bytes) }
      let isOdd = OddSpelling.escapes(bytes) || namesKind && OddSpelling.aliases(bytes)
      let isPatch = hidesDoubtfulPatches && Self.contains(Self.target, bytes)
      return (isOdd || namesKind || isPatch || Self.containsPath(bytes), isOdd)
    }
    self.init(
      of: part != nil || mayHold ? lines() : [], as: part, isOdd: isOdd,
      hidesDoubtfulPatches: hidesDoubtfulPatches)
  }

  /// What is in every text with something secret, unless it is spelled oddly: a kind, a field of a kustomization, a
  /// path of a JSON patch.
  private static let kinds = ["ecret", "ECRET"].map { Array($0.utf8) }
  /// What is in every line that spells a kind oddly.
  private static let oddMarks = [backslash, [OddSpelling.alias]]
  private static let backslash = Array("\\".utf8)
  private static let target = Array("target".utf8)
  private static let paths = ["/data", "/stringData"].map { Array($0.utf8) }

  private static func contains(_ word: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let scan = ByteScan(bytes)
    var start = 0
    while let found = scan.first(word[0], from: start) {
      if bytes[found...].starts(with: word) { return true }
      start = found + 1
    }
    return false
  }

  /// Both paths begin with a slash, for which one look is enough.
  private static func containsPath(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let scan = ByteScan(bytes)
    var start = 0
    while let found = scan.first(UInt8(ascii: "/"), from: start) {
      if paths.contains(where: { bytes[found...].starts(with: $0) }) { return true }
      start = found + 1
    }
    return false
  }

  /// Whether a text may name the kind of Secrets. The search of strings behind `contains` takes 150,000 instructions
  /// before it begins, a tenth of a small build.
  static func mayNameKind(_ text: String) -> Bool { kinds.contains { holds($0, text[...]) } }

  /// Whether a line may say what a word is looked for in it for. Asked before anything that goes through characters:
  /// definitions of megabytes have few such lines.
  private static func holds(_ word: [UInt8], _ line: Substring) -> Bool {
    line.utf8.withContiguousStorageIfAvailable { contains(word, $0) } ?? true
  }

  /// A line without the values in it; nil for one that has none.
  ///
  /// - Parameter number: the line, counted from 0.
  func masked(_ number: Int) -> String? {
    guard lines.indices.contains(number) else { return nil }
    return known(number).masked
  }

  /// What is known of a line. Thousands of messages may be about a long one.
  struct Line: Sendable {
    /// What is secret of it.
    let value: Substring?
    let masked: String?
    /// The ways in which a message may quote what is secret, and the words of it.
    let quotable: [Substring]
    let words: Set<ByteText>
  }

  /// The lines that somebody has asked for.
  private final class Memo: Sendable {
    let lines = Mutex<[Int: Line]>([:])
  }

  /// How many lines have been looked at, for tests.
  var linesLookedAt: Int { memo.lines.withLock { $0.count } }

  func known(_ number: Int) -> Line {
    memo.lines.withLock { known in
      if let line = known[number] { return line }
      let value = value(in: number)
      let line = Line(
        value: value, masked: value.map { lines[number][..<$0.startIndex] + Self.mask },
        quotable: value.map(Self.quotable) ?? [], words: value.map(Self.words) ?? [])
      known[number] = line
      return line
    }
  }

  // MARK: - Values

  /// What is secret of a line; nil where nothing is.
  private func value(in number: Int) -> Substring? {
    let line = lines[number]
    switch holders[number] {
    case nil: return nil
    case .envFile: return Self.valueOfPair(in: line)
    case .value: return line.isEmpty ? nil : line
    case .options:
      let item = Self.content(of: line)
      return item.contains("=") || !item.contains(":") ? Self.valueOfPair(in: item) : nil
    case .generator: return Self.valueOfGenerator(in: Self.content(of: line))
    case .literal(let isStart):
      let item = Self.content(of: line)
      return isStart ? Self.valueOfPair(in: item) : item.isEmpty ? nil : item
    case .secret:
      let content = Self.content(of: line)
      guard let key = Self.key(of: content) else { return content.isEmpty ? nil : content }
      let value = content[key.endIndex...].drop { "\"': ".contains($0) }
      // The data of a Secret has no lists: such a line is an item of a patch, or a text that looks like a key.
      let isItem = line.drop { $0 == " " || $0 == "\t" }.first == "-"
      if isItem, !Self.fieldsOfItems.contains(key) { return content }
      // A header of a block, or brackets that open, are no value yet.
      if value.allSatisfy({ "|>+-0123456789{[ ".contains($0) }), value.count < 4 { return nil }
      return Self.isShown(key, value) ? nil : value
    }
  }

  /// What items of lists in Secrets, their lists and patches begin with.
  private static let fieldsOfItems: [Substring] = [
    "apiVersion", "kind", "metadata", "op", "path", "from", "value", "target", "patch", "name",
    "select", "source", "options", "behavior", "type", "literals", "files", "envs",
  ]

  /// What every object says, and what only leads to a value.
  private static func isShown(_ key: Substring, _ value: Substring) -> Bool {
    let word = value.prefix { !"\"' ".contains($0) }
    let isOneWord = value[word.endIndex...].allSatisfy { "\"' ".contains($0) }
    guard isOneWord else { return false }
    return switch key {
    case "kind": word.first?.isUppercase == true && word.allSatisfy { $0.isLetter }
    case "apiVersion": word.parts(at: "/").last?.first == "v" && word.utf8.count < 60
    case "op": operations.contains(bytesOf: word)
    case "path", "from": word.first == "/"
    default: false
    }
  }

  /// Those of JSON patches.
  private static let operations = ["add", "copy", "move", "remove", "replace", "test"]

  /// A line that ends nothing, however deep it stands: a blank one, also with its carriage return, or a comment.
  private static func saysNothing(_ line: Substring) -> Bool {
    line.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } || line.first == "#"
  }

  /// A line without its indentation and the dashes of lists.
  static func content(of line: Substring) -> Substring {
    var rest = line.drop { $0 == " " || $0 == "\t" }
    while rest.begins(with: "- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
    return rest
  }

  static func indent(of line: Substring) -> Int {
    line.distance(from: line.startIndex, to: content(of: line).startIndex)
  }

  /// The key that a line begins with, without its quotes.
  static func key(of content: Substring) -> Substring? {
    let rest = content.drop { $0 == "\"" || $0 == "'" || $0 == "{" || $0 == " " }
    let key = rest.prefix { $0.isLetter || $0.isNumber || "-_./".contains($0) }
    var behind = rest[key.endIndex...]
    if behind.first == "\"" || behind.first == "'" { behind.removeFirst() }
    behind = behind.drop { $0 == " " }
    return key.isEmpty || behind.first != ":" ? nil : key
  }

  // MARK: - Documents

  /// Looks at the lines of one document.
  private mutating func findHolders(in range: ClosedRange<Int>) {
    var indent: Int?
    var hidden: ClosedRange<Int>?
    var haveGenerators = false
    // Every document of the range that is a Secret in some way is a SecretGenerator.
    var isGenerator = true
    for number in range {
      let line = words(in: number)
      let mayName =
        Self.kinds.contains { Self.holds($0, line) }
        || isOdd && Self.oddMarks.contains { Self.holds($0, lines[number]) }
      if mayName, Self.indent(ofGeneratorsIn: line) != nil { haveGenerators = true }
      if mayName, goesOnWithSecret(number, in: range) {
        indent = 0
        isGenerator = false
      }
      if mayName, Self.saysSecret(line) {
        let selector = selector(at: number, in: range)
        // What a patch does to a Secret stands beside its target; other selectors only name one.
        let isDone =
          selector.map { $0 != "target" || hideItem(around: number, in: range, &hidden) } ?? false
        if !isDone {
          let own = Self.indent(of: line)
          indent = min(indent ?? own, own)
          isGenerator = isGenerator && Self.saysGenerator(line)
        }
      }
      if hidesDoubtfulPatches, Self.holds(Self.target, line),
        Self.key(of: Self.content(of: line)) == "target"
      {
        _ = hideItem(around: number, in: range, &hidden)
      }
      // A path tells nothing of what stands deeper.
      if indent != 0, Self.paths.contains(where: { Self.holds($0, line) }), Self.leadsToData(line),
        !hideItem(around: number, in: range, &hidden)
      {
        indent = 0
        isGenerator = false
      }
    }
    if indent == nil, !haveGenerators { return }
    // Where the key of the generators stands; −1 where they are anywhere in a line, as in JSON.
    var generators: Int?
    var fields = GeneratorFields()
    for number in range {
      let line = words(in: number)
      if !Self.saysNothing(line) {
        let blanks = line.prefix { $0 == " " }.count
        let isItem = line.dropFirst(blanks).first == "-"
        if let indent = generators, blanks < indent || blanks == indent && !isItem {
          generators = nil
        }
        generators = generators ?? Self.indent(ofGeneratorsIn: line)
      }
      if generators != nil {
        holders[number] = fields.holder(of: line)
      } else if holders[number] != nil {
        continue
      } else if let indent, line != "---", Self.indent(of: line) >= indent,
        !Self.saysOnlyKind(line)
      {
        holders[number] = isGenerator ? fields.holder(of: line) : .secret
      }
    }
  }

  /// A line with its escapes replaced by what they stand for.
  private func words(in number: Int) -> Substring {
    let line = lines[number]
    return isOdd && Self.holds(Self.backslash, line) ? OddSpelling.unescaped(line) : line
  }

  /// The line has the value of a `kind:` that stands alone above.
  private func goesOnWithSecret(_ number: Int, in range: ClosedRange<Int>) -> Bool {
    guard Self.beginsWithSecret(words(in: number)[...]) else { return false }
    let above = range.lowerBound..<number
    return above.last { !Self.saysNothing(lines[$0]) }.map { Self.endsWithKind(words(in: $0)) }
      ?? false
  }

  /// A line whose last field is `kind`, with nothing behind its colon but a tag, an anchor or the header of a block.
  private static func endsWithKind(_ line: Substring) -> Bool {
    var rest = line
    var isEnd = false
    while let start = rest.firstRange(of: "kind")?.upperBound {
      rest = rest[start...]
      let behind = rest.drop { "\"' \t\r".contains($0) }
      if behind.isEmpty { return true }
      let value = behind.dropFirst().drop { " \t\r".contains($0) }
      isEnd = behind.first == ":" && (value.isEmpty || "!&|>#".contains(value.prefix(1)))
    }
    return isEnd
  }

  /// The line is the word and no more, perhaps behind a colon.
  private static func beginsWithSecret(_ line: Substring) -> Bool {
    isSecret(line.drop { "\"' \t:".contains($0) })
  }

  /// kustomize takes the name of the field in letters of either case.
  private static func indent(ofGeneratorsIn line: Substring) -> Int? {
    guard line.lowercased()[...].firstRange(of: "secretgenerator") != nil else { return nil }
    let blanks = line.prefix { $0 == " " }.count
    let isKey = key(of: line.dropFirst(blanks))?.lowercased() == "secretgenerator"
    return isKey && !line.contains("{") ? blanks : -1
  }

  /// The key of the selector of a kustomization that a line with `kind: Secret` belongs to, such as
  /// `source: {kind: Secret, name: a}`; nil where it may be a part of an object.
  private func selector(at number: Int, in range: ClosedRange<Int>) -> Substring? {
    let line = lines[number]
    if line.contains("ata:") || line.contains("value") { return nil }
    guard let key = Self.key(of: Self.content(of: line)) else { return nil }
    if Self.selectors.contains(key), line.contains("{") { return key }
    let own = Self.indent(of: line)
    guard key == "kind", let parent = parent(of: number, deeperThan: own, in: range),
      let key = Self.key(of: Self.content(of: lines[parent])), Self.selectors.contains(key)
    else { return nil }
    let rest = lines[(parent + 1)..<(range.upperBound + 1)].prefix {
      $0.isEmpty || Self.indent(of: $0) > Self.indent(of: lines[parent])
    }
    let isSelector = rest.allSatisfy { line in
      let key = Self.key(of: Self.content(of: line))
      return line.isEmpty || key.map { Self.selectorFields.contains($0) } == true
    }
    return isSelector ? key : nil
  }

  private static let selectors: [Substring] = ["target", "source", "select", "objref"]
  private static let selectorFields: [Substring] = [
    "group", "version", "kind", "apiVersion", "name", "namespace", "labelSelector",
    "annotationSelector", "fieldPath", "fieldpath", "options", "delimiter", "index",
  ]

  /// The nearest line above that is less deep.
  private func parent(of number: Int, deeperThan own: Int, in range: ClosedRange<Int>) -> Int? {
    lines[range.lowerBound..<number].lastIndex { !$0.isEmpty && Self.indent(of: $0) < own }
  }

  /// Takes the item of a list that a line is in for one of a Secret: an entry of `patches`, or an operation.
  ///
  /// - Parameter hidden: the item that was taken so last; a line in it is not looked at again.
  /// - Returns: false where the line is in no such item.
  private mutating func hideItem(
    around number: Int, in range: ClosedRange<Int>, _ hidden: inout ClosedRange<Int>?
  ) -> Bool {
    if hidden?.contains(number) == true { return true }
    var start = number
    var own = Self.indent(of: lines[number])
    while !lines[start].drop(while: { $0 == " " }).begins(with: "- ") {
      guard let above = parent(of: start, deeperThan: own + 1, in: range) else { return false }
      own = min(own, Self.indent(of: lines[above]))
      start = above
    }
    let dash = lines[start].prefix { $0 == " " }.count
    let below = lines[(start + 1)..<(range.upperBound + 1)].prefix { line in
      Self.saysNothing(line) || line.prefix { $0 == " " }.count > dash
    }
    let item = start...max(start, below.endIndex - 1)
    hidden = item
    if namesOtherKind(item) { return true }
    let selector = selectorLines(of: item)
    for line in item where !Self.saysOnlyKind(lines[line]) && !selector.contains(line) {
      holders[line] = .secret
    }
    return true
  }

  /// The lines of an item's `target` where it says nothing but what objects are called.
  private func selectorLines(of item: ClosedRange<Int>) -> Range<Int> {
    guard let target = item.first(where: { Self.key(of: Self.content(of: lines[$0])) == "target" })
    else { return 0..<0 }
    let indent = Self.indent(of: lines[target])
    let below = lines[(target + 1)..<(item.upperBound + 1)].prefix { Self.indent(of: $0) > indent }
    let isSelector = below.allSatisfy { line in
      Self.key(of: Self.content(of: line)).map { Self.selectorFields.contains($0) } == true
    }
    let isAlone = !lines[target].contains("patch") && !lines[target].contains("value")
    return isSelector && isAlone ? target..<below.endIndex : 0..<0
  }

  /// The target of a patch has a kind that is none of Secrets, and no pattern either.
  private func namesOtherKind(_ item: ClosedRange<Int>) -> Bool {
    guard let target = item.first(where: { Self.key(of: Self.content(of: lines[$0])) == "target" })
    else { return false }
    let indent = Self.indent(of: lines[target])
    let below = lines[(target + 1)..<(item.upperBound + 1)].prefix { Self.indent(of: $0) > indent }
    guard
      let kind = ([lines[target]] + below).lazy.compactMap({ line -> Substring? in
        guard let place = line.firstRange(of: "kind:") else { return nil }
        return line[place.upperBound...].drop { "\"' ".contains($0) }
      }).first
    else { return false }
    let word = kind.prefix { !"\"' ,}\r".contains($0) }
    return !word.isEmpty && word.allSatisfy { $0.isLetter } && !word.lowercased().contains("secret")
  }

  /// A path of a JSON patch into the data of an object, which may be a Secret.
  private static func leadsToData(_ line: Substring) -> Bool {
    (line.contains("/stringData") || line.contains("/data")) && line.contains("path")
  }

  /// `target: {kind: Secret}`
  private static func saysOnlyKind(_ line: Substring) -> Bool {
    saysSecret(line) && !line.contains("ata") && !line.contains("value")
  }

  /// `kind: Secret`, wherever it stands in the line; the names of other kinds may begin with the word.
  private static func saysSecret(_ line: Substring) -> Bool {
    var rest = line
    while let start = rest.firstRange(of: "kind")?.upperBound {
      rest = rest[start...]
      var value = rest.drop { $0 == "\"" || $0 == "'" || $0 == " " }
      guard value.first == ":" else { continue }
      value = value.dropFirst().drop { " \t".contains($0) }
      // An alias may stand for the word, and a word in quotes go on behind the line.
      if OddSpelling.isUnknown(value) { return true }
      if isSecret(value.drop { "\"' \t".contains($0) }) { return true }
    }
    return false
  }

  /// `kind: SecretGenerator`, spelled as it usually is.
  private static func saysGenerator(_ line: Substring) -> Bool {
    let content = content(of: line)
    guard let key = key(of: content), key == "kind" else { return false }
    let value = content[key.endIndex...].drop { "\"': ".contains($0) }
    return value.prefix { $0.isLetter || $0.isNumber } == "SecretGenerator"
  }

  /// A value is the kind of Secrets, behind a tag and an anchor.
  private static func isSecret(_ value: Substring) -> Bool {
    var value = value
    while value.first == "!" || value.first == "&" {
      value = value.drop { $0 != " " }.drop { "\"' \t".contains($0) }
    }
    let word = value.prefix { $0.isLetter || $0.isNumber }
    return ["Secret", "SecretList", "SecretGenerator"].contains(word)
  }
}

extension SecretLines {
  init(of file: SourceFile) {
    self.init(of: file.bytes, as: file.secretPart) {
      file.lineStarts.indices.map { Substring(decoding: file.line($0), as: UTF8.self) }
    }
    for lines in file.linesOfSecretPatches {
      for number in lines.clamped(to: holders.indices) {
        holders[number] = holders[number] ?? .secret
      }
    }
  }
}
