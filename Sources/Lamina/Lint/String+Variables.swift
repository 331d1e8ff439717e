extension String {
  /// The text holds a variable (`${NAME}`, `$(NAME)`, `{{ name }}`) that another program fills in later. Nobody
  /// can say yet what it will be.
  var holdsVariable: Bool {
    var previous: UInt8 = 0
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "{") where previous == byte || previous == UInt8(ascii: "$"): return true
      case UInt8(ascii: "(") where previous == UInt8(ascii: "$"): return true
      default: previous = byte
      }
    }
    return false
  }
}
