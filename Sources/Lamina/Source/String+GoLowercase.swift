extension String {
  /// The text in lower case as Go's `strings.ToLower` has it: scalar by scalar, by the tables of Unicode 15.
  ///
  /// Swift's `lowercased()` knows letters of later versions, and makes two scalars of `İ`. Names of files are
  /// compared by their bytes, so that another `i` is another file.
  package var lowercasedAsInGo: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
    var result = UnicodeScalarView()
    for scalar in unicodeScalars { result.append(Self.lowercase(of: scalar)) }
    return String(result)
  }

  private static func lowercase(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    let properties = scalar.properties
    guard let age = properties.age, age.major <= 15 else { return scalar }
    return properties.lowercaseMapping.unicodeScalars.first ?? scalar
  }
}
