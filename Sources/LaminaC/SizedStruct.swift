internal import CLamina

/// A struct of C whose first field is its size, so that later headers can add fields.
enum SizedStruct<Value: ZeroedStruct> {
  /// Reads as much of a struct as the caller has; what it lacks is zero.
  ///
  /// - Throws: where it is null, smaller than its size field, or has set a field that is not known here.
  static func read(_ pointer: UnsafeRawPointer?) throws(InvalidCall) -> Value {
    guard let pointer else { throw .missing(Value.name) }
    let size = pointer.loadUnaligned(as: Int.self)
    guard (MemoryLayout<Int>.size...Self.largest).contains(size) else {
      throw InvalidCall(
        "\(Value.name): the field \"size\" is \(size); set it to sizeof(\(Value.name))")
    }
    let known = MemoryLayout<Value>.size
    let rest = UnsafeRawBufferPointer(start: pointer, count: size).dropFirst(known)
    guard rest.allSatisfy({ $0 == 0 }) else {
      throw InvalidCall(
        "\(Value.name): it has fields that this version of the library does not know")
    }
    var value = Value()
    withUnsafeMutableBytes(of: &value) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: min(size, known)))
    }
    return value
  }

  /// More is a size that nobody has set.
  private static var largest: Int { 4096 }
}

/// A struct of C that begins as zeros.
protocol ZeroedStruct {
  init()
  /// As the header calls it.
  static var name: String { get }
}

extension lamina_request: ZeroedStruct {
  static var name: String { "lamina_request" }
}

extension lamina_callbacks: ZeroedStruct {
  static var name: String { "lamina_callbacks" }
}
