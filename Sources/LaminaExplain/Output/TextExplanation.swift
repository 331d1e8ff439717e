internal import Lamina
internal import LaminaDiff

/// Explanations for a terminal: fields with their writes below them, in columns.
package struct TextExplanation {
  private let paint: TextStyle
  /// As bytes, since a whole object has thousands of lines of many parts.
  private var output: [UInt8] = []
  /// What brought the object that is being written.
  private var arrival: FieldWrite?
  private var lines: ObjectLines?

  package static func bytes(of explanation: Explanation, isColoured: Bool) -> [UInt8] {
    var writer = TextExplanation(isColoured: isColoured)
    let fields = explanation.objects.reduce(0) { $0 + $1.fields.count + $1.removed.count }
    if fields == 1 { writer.width = .max }
    writer.lines = explanation.lines
    for object in explanation.objects { writer.write(object) }
    for deletion in explanation.deleted { writer.write(deletion) }
    return writer.output
  }

  private init(isColoured: Bool) { paint = TextStyle(isColoured: isColoured) }

  private mutating func line(_ text: String) {
    // Columns end with blanks where the last one is empty.
    put(text)
    while output.last == UInt8(ascii: " ") { output.removeLast() }
    endLine()
  }

  private mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { output.append(contentsOf: $0) }
  }

  /// A colon and a number. Its interpolation would cost as much as all the rest of a line.
  private mutating func put(number: Int) {
    output.append(UInt8(ascii: ":"))
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }

  private mutating func endLine() { output.append(UInt8(ascii: "\n")) }

  private mutating func write(_ object: ExplainedObject) {
    if !output.isEmpty { endLine() }
    arrival = object.arrival?.write
    let place = object.place.map { "  " + ShownText.line("\($0)") } ?? ""
    let rest = object.arrival.map { Self.way($0.write) }.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    line(paint(.bold, ShownText.line(object.id.description)) + paint(.dim, place + rest))
    if let numbers = object.lineNumbers, let lines {
      write(numbers, of: lines)
    } else {
      for field in object.fields { write(field, hashed: object.hashed) }
      if object.fields.isEmpty, object.removed.isEmpty {
        line("  nothing but its file wrote its fields")
      }
    }
    for removed in object.removed { write(removed) }
  }

  private mutating func write(_ field: ExplainedField, hashed: [ExplainedField]) {
    let value = field.value.line.map { ": \($0.shortened(to: width))" } ?? ""
    line("  \(paint(.bold, ShownText.line(field.path.description)))\(value)")
    write(field.writes)
    if field.path.description == "metadata.name", !hashed.isEmpty { write(hashed: hashed) }
  }

  /// The entry that asks for a write, and the layers above it.
  private static func way(_ write: FieldWrite) -> String {
    let entry = WriteText.entry(write).map {
      write.kind == "resources" ? "listed in \($0)" : "asked for in \($0)"
    }
    return [entry, WriteText.layers(write)].compactMap { $0 }.joined(separator: "; ")
  }

  /// Longer values are cut, unless just one is asked for.
  private static let widestValue = 80
  private var width = Self.widestValue

  private struct Row {
    let place: String
    let value: String
    let deed: String
    let rest: String
  }

  private mutating func write(_ writes: [ExplainedWrite], removal: ExplainedWrite? = nil) {
    var rows = writes.map { row($0) }
    if let removal {
      let row = row(removal)
      rows.append(
        Row(
          place: row.place, value: "removed", deed: row.deed, rest: row.rest))
    }
    let place = rows.map(\.place.unicodeScalars.count).max() ?? 0
    let value = rows.map(\.value.unicodeScalars.count).max() ?? 0
    for row in rows {
      line(
        "    " + paint(.cyan, row.place.padded(to: place)) + "  "
          + row.value.padded(to: value) + "  " + paint(.yellow, row.deed)
          + paint(.dim, row.rest.isEmpty ? "" : (row.deed.isEmpty ? "" : " ") + "(\(row.rest))"))
    }
  }

  private func row(_ explained: ExplainedWrite) -> Row {
    let write = explained.write
    // What the object's first line says need not be repeated.
    let isOwn = write.entry == arrival?.entry && write.layers == arrival?.layers
    let rest = isOwn ? "" : Self.way(write)
    return Row(
      place: WriteText.place(write.origin),
      value: explained.value.line?.shortened(to: width) ?? "",
      deed: WriteText.deed(explained), rest: rest)
  }

  private mutating func write(hashed fields: [ExplainedField]) {
    line("    the hash covers:")
    let shown = fields.prefix(Self.mostHashed)
    let width = shown.map(\.path.description.unicodeScalars.count).max() ?? 0
    for field in shown {
      let place = WriteText.place(field.writes.last?.write.origin)
      line(
        "      \(ShownText.line(field.path.description).padded(to: width))  \(paint(.cyan, place))")
    }
    if fields.count > shown.count { line("      and \(fields.count - shown.count) more") }
  }

  private static let mostHashed = 20

  private mutating func write(_ removed: RemovedField) {
    let value = removed.value.line.map { ": \($0.shortened(to: width))" } ?? ""
    line("  \(paint(.red, ShownText.line(removed.path.description)))\(value) (removed)")
    write(removed.writes, removal: removed.removal)
  }

  private mutating func write(_ deletion: BuildHistory.Deletion) {
    if !output.isEmpty { endLine() }
    arrival = nil
    let removal = ExplainedWrite(write: deletion.removal, value: .mapping, followed: nil)
    line(paint(.red, ShownText.line(deletion.id.description)) + " (deleted)")
    write([], removal: removal)
  }

  // MARK: - Whole objects

  /// Longer lines do not move the column.
  private static let widestLine = 78

  private mutating func write(_ numbers: Range<Int>, of all: ObjectLines) {
    let lines = all.lines[numbers]
    var column = 0
    for line in lines {
      let width = line.mask < 0 ? Self.width(all.bytes, line.range) : all.masks[line.mask].width
      if width <= Self.widestLine { column = max(column, width) }
    }
    for line in lines {
      put("  ")
      let start = output.count
      if line.mask >= 0 {
        put(ShownText.line(all.masks[line.mask]))
      } else if Self.isPlain(all.bytes, line.range) {
        output.append(contentsOf: all.bytes[line.range])
      } else {
        put(ShownText.line(String(decoding: all.bytes[line.range], as: UTF8.self)))
      }
      guard let write = line.write else {
        while output.last == UInt8(ascii: " ") { output.removeLast() }
        endLine()
        continue
      }
      let width = Self.width(output, start..<output.count)
      output.append(
        contentsOf: repeatElement(UInt8(ascii: " "), count: max(column - width, 0)))
      put(bar)
      put(write, of: all)
      endLine()
    }
  }

  private var bar: String { "  " + paint(.dim, "│ ") }

  private mutating func put(_ write: ObjectLines.Write, of all: ObjectLines) {
    let deed = all.deeds[write.deed]
    if paint.isColoured { put(TextStyle.Paint.cyan.start) }
    if let place = write.place {
      put(ShownText.line(all.files[place.file]))
      put(number: place.line)
      put(number: place.column)
    } else {
      put(deed.place)
    }
    if paint.isColoured { put(TextStyle.Paint.end) }
    if !deed.words.isEmpty {
      put("  ")
      put(paint(.yellow, deed.words))
    }
    if write.earlier > 0 { put(paint(.dim, " (\(write.earlier) before)")) }
  }

  /// Whether bytes are shown as they are.
  private static func isPlain(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer { $0[range].allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
  }

  /// The number of characters.
  private static func width(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    bytes.withUnsafeBufferPointer { $0[range].count { $0 & 0xC0 != 0x80 } }
  }
}
