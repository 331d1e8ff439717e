extension Pattern {
  /// Simple case folding.
  enum CaseFolding {}
}

extension Pattern.CaseFolding {
  /// One code point that stands for all that differ from it only by case.
  ///
  /// Any member of an orbit would do; it is a lower-case letter for ASCII and the lowest code point
  /// for the rest. Two code points that differ only by case get the same one.
  static func canonical(_ code: UInt32) -> UInt32 {
    switch code {
    case 0x41...0x5A: code + 0x20
    case 0x17F: 0x73
    case 0x212A: 0x6B
    case 0..<0x80: code
    default: orbit(of: code).min() ?? code
    }
  }

  /// A code point and all that differ from it only by case.
  ///
  /// Only mappings from one code point to one count. Source: Unicode, CaseFolding.txt, the
  /// common and simple mappings, as in Go unicode, `SimpleFold`.
  ///
  /// Swift has no table of simple case folding, so the orbit is put together from the case
  /// mappings, of which those of most letters lead to each other.
  static func orbit(of code: UInt32) -> [UInt32] {
    if let orbit = irregularOrbit(of: code) { return orbit }
    if code < 0x80 { return asciiOrbit(of: code) }
    guard let properties = Unicode.Scalar(code)?.properties else { return [code] }
    var orbit = [code]
    add(properties.lowercaseMapping, to: &orbit)
    add(properties.uppercaseMapping, to: &orbit)
    add(properties.titlecaseMapping, to: &orbit)
    return orbit
  }

  /// An ASCII letter in both cases, or another ASCII code point alone.
  private static func asciiOrbit(of code: UInt32) -> [UInt32] {
    switch code {
    case 0x41...0x5A, 0x61...0x7A: [code | 0x20, code & ~0x20]
    default: [code]
    }
  }

  /// Adds a mapping to an orbit when it is a single code point.
  private static func add(_ mapping: String, to orbit: inout [UInt32]) {
    let scalars = mapping.unicodeScalars
    guard scalars.count == 1, let code = scalars.first?.value, !orbit.contains(code) else { return }
    orbit.append(code)
  }

  /// The orbits that upper, lower and title case do not lead to from every member.
  ///
  /// Several code points share one upper case in most of them. The dotless i is its own orbit.
  private static func irregularOrbit(of code: UInt32) -> [UInt32]? {
    switch code {
    case 0x4B, 0x6B, 0x212A: [0x4B, 0x6B, 0x212A]
    case 0x53, 0x73, 0x17F: [0x53, 0x73, 0x17F]
    case 0xB5, 0x39C, 0x3BC: [0xB5, 0x39C, 0x3BC]
    case 0xC5, 0xE5, 0x212B: [0xC5, 0xE5, 0x212B]
    case 0xDF, 0x1E9E: [0xDF, 0x1E9E]
    case 0x345, 0x399, 0x3B9, 0x1FBE: [0x345, 0x399, 0x3B9, 0x1FBE]
    case 0x390, 0x1FD3: [0x390, 0x1FD3]
    case 0x392, 0x3B2, 0x3D0: [0x392, 0x3B2, 0x3D0]
    case 0x395, 0x3B5, 0x3F5: [0x395, 0x3B5, 0x3F5]
    case 0x398, 0x3B8, 0x3D1, 0x3F4: [0x398, 0x3B8, 0x3D1, 0x3F4]
    case 0x39A, 0x3BA, 0x3F0: [0x39A, 0x3BA, 0x3F0]
    case 0x3A0, 0x3C0, 0x3D6: [0x3A0, 0x3C0, 0x3D6]
    case 0x3A1, 0x3C1, 0x3F1: [0x3A1, 0x3C1, 0x3F1]
    case 0x3A3, 0x3C2, 0x3C3: [0x3A3, 0x3C2, 0x3C3]
    case 0x3A6, 0x3C6, 0x3D5: [0x3A6, 0x3C6, 0x3D5]
    case 0x3A9, 0x3C9, 0x2126: [0x3A9, 0x3C9, 0x2126]
    case 0x3B0, 0x1FE3: [0x3B0, 0x1FE3]
    case 0x412, 0x432, 0x1C80: [0x412, 0x432, 0x1C80]
    case 0x414, 0x434, 0x1C81: [0x414, 0x434, 0x1C81]
    case 0x41E, 0x43E, 0x1C82: [0x41E, 0x43E, 0x1C82]
    case 0x421, 0x441, 0x1C83: [0x421, 0x441, 0x1C83]
    case 0x422, 0x442, 0x1C84, 0x1C85: [0x422, 0x442, 0x1C84, 0x1C85]
    case 0x42A, 0x44A, 0x1C86: [0x42A, 0x44A, 0x1C86]
    case 0x462, 0x463, 0x1C87: [0x462, 0x463, 0x1C87]
    case 0x1C88, 0xA64A, 0xA64B: [0x1C88, 0xA64A, 0xA64B]
    case 0x1E60, 0x1E61, 0x1E9B: [0x1E60, 0x1E61, 0x1E9B]
    case 0xFB05, 0xFB06: [0xFB05, 0xFB06]
    case 0x131: [0x131]
    default: nil
    }
  }
}
