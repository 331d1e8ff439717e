/// Where what stands at a position begins and ends, by the ranges of its file (`FileRanges`).
extension SourceMap {
  /// The place behind the key or value at a position; nil where the build made the value itself, where the
  /// file is no YAML, and where nothing stands there.
  func end(of position: Position) -> Place? {
    let position = visible(position)
    guard let file = file(of: position), let offset = byteOffset(of: position),
      let end = file.text.end(ofNodeAt: offset), end > offset
    else { return nil }
    return place(behind: end, in: file)
  }

  /// The place behind all that stands at a position: of a mapping, behind its last value.
  func endOfAll(at position: Position) -> Place? {
    let position = visible(position)
    guard let file = file(of: position), let offset = byteOffset(of: position),
      let end = file.text.end(ofAllAt: offset)
    else { return nil }
    return place(behind: end, in: file)
  }

  /// The place behind a byte, on the line that the byte before it is on.
  private func place(behind end: Int, in file: SourceFile) -> Place? {
    let starts = file.lineStarts
    // The last line that begins before the end, which itself may be the beginning of a line.
    let line = starts.firstIndexInOrder { Int($0) >= end } - 1
    guard line >= 0, !file.isPart || wholeOffset(ofByte: end, inLine: line, of: file) != nil else {
      return nil
    }
    // A block text that keeps its line breaks ends behind one.
    var end = end
    while end > Int(starts[line]), file.bytes[end - 1] == 0x0A || file.bytes[end - 1] == 0x0D {
      end -= 1
    }
    let characters = file.column(of: end, inLine: line)
    return Place(
      path: file.path, line: file.firstLine + line + 1, column: file.indent + characters + 1)
  }

  /// Where the key of a value stands; the value's own position where the file does not tell.
  func position(ofKey key: String, before value: Position) -> Position {
    guard let file = file(of: value), let offset = byteOffset(of: value),
      let found = file.text.start(ofKey: key, before: offset)
    else { return value }
    let starts = file.lineStarts
    let line = starts.firstIndexInOrder { Int($0) > found } - 1
    guard line >= 0 else { return value }
    // Positions count the characters of a line.
    let characters = file.column(of: found, inLine: line)
    return Position(raw: file.base + starts[line] + UInt32(clamping: characters))
  }

  /// The byte of a position in its file. Positions count characters in a line.
  func byteOffset(of position: Position) -> Int? {
    guard let (index, line, column) = textPlace(of: position) else { return nil }
    let file = files[index]
    var offset = file.firstColumn(ofLine: line)
    // Thousands of messages may be about one long line.
    if file.text.lines.isPrintableASCII { return min(offset + column, file.bytes.count) }
    var left = column
    while offset < file.bytes.count, left > 0 || isContinuation(file.bytes[offset]) {
      if !isContinuation(file.bytes[offset]) { left -= 1 }
      offset += 1
    }
    return offset
  }

  private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
