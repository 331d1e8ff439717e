extension Rule {
  /// The generator has read the file, whose bytes are still among the sources; a file that could
  /// not be read is an error of the build.
  static let envFileSuspicious = Rule(
    .envFileSuspicious, .lint,
    summary: "a line of an env file does not say what a shell would read",
    page: """
      kustomize takes each line as it is: all that stands behind the first `=` is the value, quotes and blanks \
      included.

          NAME="two words"   # the value has the quotes
          LEVEL= debug       # the value begins with a blank
      """
  ) { inspection in
    let build = inspection.build
    build.forEachGenerator { generator, directory in
      for env in generator.envs {
        let path = directory?.displayPath(of: env.text)
        guard
          let file = build.sources.files.first(where: { $0.path.hasBytes(of: path) && !$0.isPart })
        else {
          continue
        }
        inspection.checkLines(of: file)
      }
    }
  }
}

extension Inspection {
  /// Cuts the file at line feeds, as the generator does (`KeyValues.lines`).
  fileprivate mutating func checkLines(of file: SourceFile) {
    let bytes = file.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      report(
        .suspiciousLine(
          "the file begins with a byte order mark", "save it without", at: file.position(at: 0)),
        .lint)
    }
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      check(
        bytes[start..<end].last == 0x0D ? bytes[start..<(end - 1)] : bytes[start..<end], in: file)
      start = end + 1
    }
  }

  /// Reports quotes and blanks around a value. Comments and lines without a value are in order.
  private mutating func check(_ line: ArraySlice<UInt8>, in file: SourceFile) {
    let blanks: [UInt8] = [0x20, 0x09]
    guard let first = line.first(where: { !blanks.contains($0) }), first != UInt8(ascii: "#"),
      let equals = line.firstIndex(of: UInt8(ascii: "="))
    else { return }
    let value = line[equals...].dropFirst()
    guard let start = value.first, let end = value.last else { return }
    let key = String(decoding: line[..<equals], as: UTF8.self)
    let position = file.position(at: line.startIndex)
    let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    if value.count > 1, start == end, quotes.contains(start) {
      report(
        .suspiciousLine(
          "the quotes belong to the value of \"\(key)\"", "leave them out", at: position), .lint)
    } else if blanks.contains(start) || blanks.contains(end) {
      let side = blanks.contains(start) ? "begins" : "ends"
      report(
        .suspiciousLine(
          "the value of \"\(key)\" \(side) with a blank", "leave it out", at: position), .lint)
    }
  }
}

extension Problem {
  fileprivate static func suspiciousLine(_ what: String, _ hint: String, at position: Position)
    -> Problem
  {
    Problem(.envFileSuspicious, what, at: position, hint: hint)
  }
}
