/// A text that equals another one if their bytes do.
///
/// Swift's `String` would take two texts for equal that Unicode calls equivalent, and Kubernetes does
/// not.
struct ByteText: Hashable, Sendable {
  let string: String

  init(_ string: String) { self.string = string }

  static func == (left: Self, right: Self) -> Bool {
    left.string.utf8.elementsEqual(right.string.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  func precedes(_ other: Self) -> Bool {
    string.utf8.lexicographicallyPrecedes(other.string.utf8)
  }
}
