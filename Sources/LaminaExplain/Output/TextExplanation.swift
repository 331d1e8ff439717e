internal import Lamina
internal import LaminaDiff

/// Explanations for a terminal: fields with their writes below them, in columns.
package struct TextExplanation {
  private let paint: TextStyle
  /// As bytes, since a whole object has thousands of lines of many parts.
  private var output: [UInt8] = []
  /// What brought the object that is being written.
  private var arrival: FieldWrite?

  package static func bytes(of explanation: Explanation, isColoured: Bool) -> [UInt8] {
    var writer = TextExplanation(isColoured: isColoured)
    let fields = explanation.objects.reduce(0) { $0 + $1.fields.count + $1.removed.count }
    if fields == 1 { writer.width = .max }
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

  private mutating func endLine() { output.append(UInt8(ascii: "\n")) }

  private mutating func write(_ object: ExplainedObject) {
    if !output.isEmpty { endLine() }
    arrival = object.arrival?.write
    let place = object.place.map { "  " + ShownText.line("\($0)") } ?? ""
    let rest = object.arrival.map { Self.way($0.write) }.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    line(paint(.bold, ShownText.line(object.id.description)) + paint(.dim, place + rest))
    if let lines = object.lines {
      write(lines)
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

  private mutating func write(_ lines: [ExplainedLine]) {
    let widths = lines.map(\.text.width)
    let column = widths.filter { $0 <= Self.widestLine }.max() ?? 0
    let bar = "  " + paint(.dim, "│ ")
    for (explained, width) in zip(lines, widths) {
      put("  ")
      let text = ShownText.line(explained.text)
      guard let write = explained.write else {
        line(text)
        continue
      }
      put(text)
      // Escapes make a text longer than it was.
      let shownWidth = text.utf8.count == explained.text.utf8.count ? width : text.width
      output.append(
        contentsOf: repeatElement(UInt8(ascii: " "), count: max(column - shownWidth, 0)))
      put(bar)
      put(paint(.cyan, WriteText.place(explained.place)))
      let deed = WriteText.deed(write)
      if !deed.isEmpty {
        put("  ")
        put(paint(.yellow, deed))
      }
      if explained.writes.count > 1 {
        put(paint(.dim, " (\(explained.writes.count - 1) before)"))
      }
      endLine()
    }
  }
}
