/// What a program says on its standard error, made fit for a message.
enum ProgramWords {
  private static let maximumBytes = 4096

  /// The end of what was said: the last lines say most. Control characters, which could change what a
  /// terminal shows, become question marks.
  static func shown(_ bytes: [UInt8]) -> String {
    let tail = bytes.suffix(maximumBytes)
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: tail, as: UTF8.self).unicodeScalars where scalar != "\r" {
      let isPlain =
        scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
      text.append(isPlain ? scalar : "?")
    }
    let words = String(text).withoutOuterWhiteSpace
    return bytes.count > maximumBytes ? "… \(words)" : words
  }
}
