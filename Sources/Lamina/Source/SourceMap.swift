/// One file that the build read.
struct SourceFile: Sendable {
  /// The path as a person would write it (relative to where the build started, if it is below).
  let path: String
  fileprivate(set) var text: FileText
  /// The first number of this file's range of positions.
  let base: UInt32
  /// Where the text stands, if it is a part of the file of that path: the lines before it, and the
  /// characters that each of its lines is indented by there.
  let firstLine: Int
  let indent: Int
  /// The value that holds the text, if it is a part of a file.
  let holder: Position
  /// The text is a part whose lines stand in the file as they are.
  let isLiteralPart: Bool
  /// The canonical path, if the file is one that other builds read as well.
  let sharedPath: String?
  /// The file says what to do, and holds no objects.
  let isConfiguration: Bool
  /// What the file is to a Secret, if it is not the file of one.
  fileprivate(set) var secretPart: SecretPart?

  var bytes: [UInt8] { text.bytes }

  /// The text is a part of the file of that path.
  var isPart: Bool { firstLine != 0 || indent != 0 }

  /// The position of a byte that begins a line.
  func position(at offset: Int) -> Position {
    Position(raw: base &+ UInt32(truncatingIfNeeded: min(offset, bytes.count)))
  }

  /// Offsets of the first byte of every line.
  var lineStarts: [UInt32] { text.lines.offsets }

  /// A byte-order mark. In front of a document it is no character of its line: columns count from behind it, as those
  /// of libyaml do. Elsewhere it is one like any other.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Where the first column of a line is, counted from 0: behind a mark in front of the file or of a document.
  func firstColumn(ofLine line: Int) -> Int {
    let starts = lineStarts
    let start = Int(starts[line])
    guard start < bytes.count, bytes[start] == Self.mark[0],
      bytes[start...].starts(with: Self.mark),
      line == 0 || bytes[Int(starts[line - 1])...].starts(with: "---".utf8)
    else { return start }
    return start + Self.mark.count
  }

  /// The characters between the first column of a line and a byte of it.
  func column(of offset: Int, inLine line: Int) -> Int {
    let start = firstColumn(ofLine: line)
    if offset <= start || text.lines.isPrintableASCII { return max(offset - start, 0) }
    return bytes[start..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// The bytes of a line, counted from 0, without its break.
  func line(_ line: Int) -> ArraySlice<UInt8> {
    let starts = lineStarts
    let end = line + 1 < starts.count ? Int(starts[line + 1]) : bytes.count
    let text = bytes[Int(starts[line])..<max(end, Int(starts[line]))]
    guard line + 1 < starts.count else { return text }
    // As `LineStarts` tells lines apart.
    switch text.last {
    case .lineFeed: return text.dropLast(text.dropLast().last == 0x0D ? 2 : 1)
    case 0x0D: return text.dropLast()
    case 0x85: return text.dropLast(2)
    default: return text.dropLast(3)
    }
  }
}

extension SourceFile {
  fileprivate func isSame(as other: SourceFile) -> Bool {
    bytes.count == other.bytes.count && firstLine == other.firstLine && indent == other.indent
      && path.hasBytes(of: other.path) && bytes == other.bytes
  }
}

/// What the positions of one map are in another one.
struct SourcePlaces {
  /// Rising.
  fileprivate let bases: [(base: UInt32, here: UInt32)]

  func position(_ position: Position) -> Position? {
    if position == .none { return position }
    guard let place = bases.lastIndex(where: { $0.base <= position.raw }) else { return nil }
    return Position(raw: position.raw - bases[place].base + bases[place].here)
  }
}

/// The lines of one file, for the reader that gives its values their positions.
struct SourceLines: Sendable {
  let base: UInt32
  let starts: [UInt32]
  let end: Int
  /// There is nothing in the file but printable ASCII and line feeds.
  let isPrintableASCII: Bool

  /// The position of a line and column, both counted from 0.
  func position(line: Int, column: Int) -> Position {
    let start = line < starts.count ? Int(starts[line]) : end
    return Position(raw: base &+ UInt32(truncatingIfNeeded: min(start + column, end)))
  }
}

/// All files that a build has read, and what a `Position` in them means.
struct SourceMap: Sendable {
  private(set) var files: [SourceFile] = []
  /// Messages show no values of Secrets (`SecretLines`).
  var hidesSecrets = false
  /// Values that messages do not quote; filled in when one is made (`hidingSecrets(of:)`).
  var secretTexts = SecretTexts()
  /// Filled in then as well; no copy that goes on reading files may have it.
  var knownSecretLines: KnownSecretLines?
  /// What messages call the options of the call.
  var optionWords: CallOption.Words = CallOption.libraryWords
  /// Behind each file positions are left for what may be added to it (`replace`).
  var leavesRoom = false
  /// 0 is `Position.none`.
  private var nextBase: UInt32 = 1

  /// Takes a file in, and returns its index.
  ///
  /// Files past the two gigabytes that positions can count get a range without width: their values
  /// are read, but complaints about them name only the file.
  mutating func add(
    path: String, bytes: [UInt8], firstLine: Int = 0, indent: Int = 0, holder: Position = .none,
    isLiteralPart: Bool = false, sharedPath: String? = nil, isConfiguration: Bool = false,
    secretPart: SecretPart? = nil
  ) -> Int {
    files.append(
      SourceFile(
        path: path, text: FileText(bytes), base: nextBase, firstLine: firstLine, indent: indent,
        holder: holder, isLiteralPart: isLiteralPart, sharedPath: sharedPath,
        isConfiguration: isConfiguration, secretPart: secretPart))
    let (end, overflow) = nextBase.addingReportingOverflow(
      UInt32(clamping: bytes.count + 1 + (leavesRoom ? bytes.count / 8 + 256 : 0)))
    nextBase = overflow ? Position.end.raw : min(end, Position.end.raw)
    return files.count - 1
  }

  /// Has a file use what other builds have worked out about the same bytes.
  mutating func share(_ text: FileText, ofFile index: Int) { files[index].text = text }

  /// Remembers what a file is to a Secret, beside what is known of it.
  mutating func note(_ part: SecretPart, ofFile index: Int) {
    switch (files[index].secretPart, part) {
    case (nil, _): files[index].secretPart = part
    case (.patches(let known, let isWhole), .patches(let new, let isAll)):
      files[index].secretPart = .patches(
        known + new.filter { !known.contains($0) }, isWhole: isWhole || isAll)
    default: break
    }
  }

  /// Puts other bytes in the place of a file's; false where there are no positions for them.
  mutating func replace(_ index: Int, with bytes: [UInt8]) -> Bool {
    let end = index + 1 < files.count ? files[index + 1].base : nextBase
    guard end < Position.end.raw, bytes.count < Int(end - files[index].base) else { return false }
    files[index].text = FileText(bytes)
    return true
  }

  /// Where the files of another map, which has some of these files in the same order, stand here; nil where it has
  /// others.
  func places(of other: SourceMap) -> SourcePlaces? {
    var result: [(base: UInt32, here: UInt32)] = []
    var next = 0
    for file in other.files {
      while next < files.count, !files[next].isSame(as: file) { next += 1 }
      guard next < files.count else { return nil }
      result.append((file.base, files[next].base))
      next += 1
    }
    return SourcePlaces(bases: result)
  }

  /// What a reader of one file needs to make positions.
  func lines(ofFile index: Int) -> SourceLines {
    let file = files[index]
    let lines = file.text.lines
    return SourceLines(
      base: file.base, starts: lines.offsets, end: file.bytes.count,
      isPrintableASCII: lines.isPrintableASCII)
  }

  /// The file, line and column of a position, or nil where the build made the value itself.
  func place(of position: Position) -> Place? {
    let position = visible(position)
    guard let file = file(of: position) else { return nil }
    let offset = position.raw - file.base
    let starts = file.lineStarts
    let line = Self.lastIndex(in: starts) { $0 <= offset } ?? 0
    let column = Int(offset - starts[line])
    return Place(
      path: file.path, line: file.firstLine + line + 1, column: file.indent + column + 1)
  }

  /// The file of a position, with the line and the column there, counted from 0.
  func textPlace(of position: Position) -> (file: Int, line: Int, column: Int)? {
    guard position != .none,
      let index = Self.lastIndex(in: files, where: { $0.base <= position.raw })
    else { return nil }
    let file = files[index]
    let offset = position.raw - file.base
    let line = Self.lastIndex(in: file.lineStarts) { $0 <= offset } ?? 0
    return (index, line, Int(offset - file.lineStarts[line]))
  }

  /// A text of a message about a position as it may be shown.
  func hidingSecrets(in text: String, at position: Position) -> String {
    guard hidesSecrets else { return text }
    let text = secretTexts.hiding(text)
    let position = visible(position)
    guard let file = file(of: position), let place = place(of: position) else { return text }
    let whole = wholeFile(of: file)
    return secrets(of: whole).hiding(text, at: place.line - 1 - whole.firstLine)
  }

  /// Whether the line of a position holds a value of a Secret.
  func holdsSecret(at position: Position) -> Bool {
    let position = visible(position)
    guard let file = file(of: position), let place = place(of: position) else { return false }
    let whole = wholeFile(of: file)
    return secrets(of: whole).masked(place.line - 1 - whole.firstLine) != nil
  }

  func secrets(of file: SourceFile) -> SecretLines {
    knownSecretLines?.lines(of: file) ?? SecretLines(of: file)
  }

  /// Files are found by binary search, as their ranges rise.
  func file(of position: Position) -> SourceFile? {
    if position == .none { return nil }
    return Self.lastIndex(in: files) { $0.base <= position.raw }.map { files[$0] }
  }

  /// The last element for which the condition holds; it must hold for all before that one.
  private static func lastIndex<Element>(
    in elements: [Element], where holds: (Element) -> Bool
  ) -> Int? {
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      if holds(elements[middle]) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
