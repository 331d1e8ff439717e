import Lamina
import LaminaExplain
import LaminaHost

/// Pages on their way to standard output, a file, or a directory with an index.
struct ExplainPages {
  private let run: ExplainRun
  private var pages: [ExplainedPage] { run.pages }
  private let output: String?
  /// Several pages, and an index.
  private let isSite: Bool

  init(_ run: ExplainRun, output: String?, isSite: Bool) {
    self.run = run
    self.output = output
    self.isSite = isSite
  }

  func write() throws {
    guard isSite, let output else {
      guard let page = pages.first else { return }
      let bytes = HTMLExplanation.bytes(of: page, index: nil)
      guard let output else { return try StandardOutput.write(bytes) }
      try run.inputs.check(output)
      return try OutputFile.write(bytes[...], to: output)
    }
    let directory = try OutputDirectory(output)
    var taken = PageNames()
    let names = pages.map { taken.name(of: $0.root) }
    for name in names + ["index.html"] { try run.inputs.check("\(output)/\(name)") }
    var entries: [HTMLSiteIndex.Entry] = []
    for (page, name) in zip(pages, names) {
      entries.append(HTMLSiteIndex.Entry(page, file: name))
      try directory.write(
        HTMLExplanation.bytes(of: page, index: "index.html")[...], to: name)
    }
    try directory.write(
      HTMLSiteIndex.bytes(of: entries, failed: run.failures)[...], to: "index.html")
  }
}

/// Files for roots: `overlays/prod` is `overlays-prod.html`.
private struct PageNames {
  private var taken: Set<ByteText> = [ByteText("index.html")]

  mutating func name(of root: String) -> String {
    let letters = root.map { character in
      character.isASCII && (character.isLetter || character.isNumber || character == "_")
        ? character : "-"
    }
    // A file that begins with a dash would be taken for a flag.
    let named = String(letters.drop { $0 == "-" })
    let word = named.isEmpty ? "root" : named
    var name = "\(word).html"
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(word)-\(number).html"
      number += 1
    }
    return name
  }
}
