/// How the name of an entry of `images` is written.
enum ImageName {
  /// The name of images, as it should be.
  case plain
  /// The name is followed by a tag or a digest, and begins with so many bytes of the name itself.
  case tagged(name: Int)
  /// A regular expression that is more than a name, with the first byte that makes it one.
  case expression(UInt8)
  /// A variable that another program fills in.
  case variable

  init(_ name: String) {
    if name.holdsVariable {
      self = .variable
      return
    }
    let special = name.utf8.first { byte in
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "|"),
        UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        true
      default: false
      }
    }
    if let special {
      self = .expression(special)
      return
    }
    var end = 0
    var slash = 0
    for (place, byte) in name.utf8.enumerated() {
      if byte == UInt8(ascii: "/") { (slash, end) = (place, 0) }
      if end == 0, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@") { end = place }
    }
    // A colon in front of the first slash belongs to a registry's port.
    self = end > slash ? .tagged(name: end) : .plain
  }
}

extension ImageChange {
  /// The entry leaves every image as it is.
  var changesNothing: Bool {
    newTag.isEmpty && digest.isEmpty && tagSuffix.isEmpty
      && (newName.isEmpty || newName.hasBytes(of: name))
  }
}
