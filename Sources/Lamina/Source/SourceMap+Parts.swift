/// Texts that values of files hold, such as the patches in a kustomization: where they stand in the whole file.
///
/// A text is read as a file of its own. The lines of a literal block are those of the text, each indented; in
/// quotes and folded blocks they may stand otherwise, with escapes and on other lines. A position is shown in the
/// whole file only where the same bytes stand there; elsewhere, the value that holds the text is shown.
extension SourceMap {
  /// The position that a message shows for another one: itself, or the value that holds it.
  func visible(_ position: Position) -> Position {
    var position = position
    while let file = file(of: position), file.isPart, file.holder != .none,
      !standsInWhole(position, in: file)
    {
      position = file.holder
    }
    return position
  }

  /// The file that a text is a part of; a whole file itself.
  func wholeFile(of file: SourceFile) -> SourceFile {
    guard file.isPart else { return file }
    return files.first { $0.path.hasBytes(of: file.path) && !$0.isPart } ?? file
  }

  /// Whether the whole file has the same bytes where the part says that they are.
  private func standsInWhole(_ position: Position, in file: SourceFile) -> Bool {
    guard let offset = byteOffset(of: position) else { return false }
    let line = file.lineStarts.lastIndex { Int($0) <= offset } ?? 0
    // Of what goes on below, the first line.
    let end = min(file.text.end(ofNodeAt: offset) ?? offset, file.line(line).endIndex)
    return wholeOffset(ofByte: max(offset, end), inLine: line, of: file) != nil
  }

  /// Where a byte of a part stands in the whole file, if it is on the line of a position.
  func wholeOffset(of position: Position, upTo end: Int, in file: SourceFile) -> Int? {
    textPlace(of: position).flatMap { wholeOffset(ofByte: end, inLine: $0.line, of: file) }
  }

  /// Where a byte of a part stands in the whole file; nil where its line, counted from 0, does not stand there as it
  /// is in the part up to that byte.
  func wholeOffset(ofByte offset: Int, inLine line: Int, of file: SourceFile) -> Int? {
    let whole = wholeFile(of: file)
    let outer = file.firstLine + line - whole.firstLine
    guard whole.lineStarts.indices.contains(outer) else { return nil }
    var rest = whole.line(outer)
    for _ in 0..<file.indent {
      guard let first = rest.popFirst() else { return nil }
      if first >= 0xC0 { rest = rest.drop { $0 & 0xC0 == 0x80 } }
    }
    let text = file.bytes[Int(file.lineStarts[line])..<offset]
    return rest.starts(with: text) ? rest.startIndex + text.count : nil
  }
}
