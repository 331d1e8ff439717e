extension SourceMap {
  /// Takes in a text that one value of a file holds, so that complaints about it name that file.
  mutating func add(textOf entry: Kustomization.Entry, bytes: [UInt8]) -> Int {
    guard let outer = file(of: entry.position), let place = place(of: entry.position) else {
      return add(path: "inline text", bytes: bytes)
    }
    guard entry.isLiteral, place.line < outer.firstLine + outer.lineStarts.count else {
      let quote = byteOffset(of: entry.position).map { outer.bytes[$0...].first }
      let isQuoted = quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
      return add(
        path: outer.path, bytes: bytes, firstLine: place.line - 1,
        indent: place.column - (isQuoted ? 0 : 1), holder: entry.position)
    }
    let start = Int(outer.lineStarts[place.line - outer.firstLine])
    let indent = outer.bytes[start...].prefix { $0 == 0x20 }.count
    return add(
      path: outer.path, bytes: bytes, firstLine: place.line, indent: outer.indent + indent,
      holder: entry.position, isLiteralPart: !outer.isPart || outer.isLiteralPart)
  }
}
