/// The lines of a generated table.
///
/// Tables are static strings: as literals of structs the same facts take minutes to compile, and
/// reading them costs microseconds.
struct TableLines: Sequence, IteratorProtocol {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ table: StaticString) {
    bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
  }

  mutating func next() -> ArraySlice<UInt8>? {
    guard index < bytes.count else { return nil }
    let rest = bytes[index...]
    let end = rest.firstIndex(of: 0x0A) ?? bytes.endIndex
    index = end + 1
    return ArraySlice(bytes[rest.startIndex..<end])
  }
}
