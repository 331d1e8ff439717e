/// The lines of a generated table.
///
/// Tables are static strings: as literals of structs the same facts take minutes to compile, and
/// reading them costs microseconds.
package struct TableLines: Sequence, IteratorProtocol {
  /// A static string lives as long as the program.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  package init(_ table: StaticString) {
    bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
  }

  package mutating func next() -> ArraySlice<UInt8>? {
    guard index < bytes.count else { return nil }
    let rest = bytes[index...]
    let end = rest.firstIndex(of: 0x0A) ?? bytes.endIndex
    index = end + 1
    return ArraySlice(bytes[rest.startIndex..<end])
  }

  // MARK: - Single lines

  /// Where each line of a table starts.
  static func starts(in table: StaticString) -> ContiguousArray<Int32> {
    table.withUTF8Buffer { bytes in
      var starts: ContiguousArray<Int32> = [0]
      for index in bytes.indices.dropLast() where bytes[index] == 0x0A {
        starts.append(Int32(truncatingIfNeeded: index + 1))
      }
      return starts
    }
  }

  /// The line that starts at a place.
  static func line(at start: Int32, in table: StaticString) -> ArraySlice<UInt8> {
    table.withUTF8Buffer { bytes in
      let rest = bytes[Int(start)...]
      return ArraySlice(rest.prefix { $0 != 0x0A })
    }
  }

  /// What comes behind some bytes in the line that begins with them, in a table whose lines are sorted;
  /// nil where no line does.
  static func rest(behind first: ArraySlice<UInt8>, in table: StaticString) -> ArraySlice<UInt8>? {
    table.withUTF8Buffer { bytes in
      var (low, high) = (0, bytes.count)
      while low < high {
        var start = (low + high) / 2
        while start > low, bytes[start - 1] != 0x0A { start -= 1 }
        let line = bytes[start..<high].prefix { $0 != 0x0A }
        if line.starts(with: first) { return ArraySlice(line.dropFirst(first.count)) }
        if line.lexicographicallyPrecedes(first) { low = line.endIndex + 1 } else { high = start }
      }
      return nil
    }
  }
}
