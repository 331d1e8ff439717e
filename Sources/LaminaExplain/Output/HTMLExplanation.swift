internal import Lamina
internal import LaminaDiff

/// A page for a root: its objects in a list, each with its lines and where they come from, and its layers as a
/// picture. The page holds all it needs, and asks for nothing from elsewhere.
package struct HTMLExplanation {
  private let page: ExplainedPage
  private let numbers: [ByteText: Int]
  private let names: [Int: RenderedResource.Identity]
  private var output = ""
  /// The object that is being written.
  private var current: Int?

  /// - Parameter index: the page that lists this one; nil for none.
  package static func bytes(of page: ExplainedPage, index: String?) -> [UInt8] {
    var writer = HTMLExplanation(page)
    writer.write(index: index)
    return Array(writer.output.utf8)
  }

  private init(_ page: ExplainedPage) {
    self.page = page
    var numbers: [ByteText: Int] = [:]
    for (number, layer) in page.layers.enumerated() { numbers[layer.directory] = number }
    self.numbers = numbers
    var names: [Int: RenderedResource.Identity] = [:]
    for object in page.objects { names[object.index] = object.id }
    self.names = names
  }

  /// Objects of more lines than this together are closed at first.
  private static let mostOpenLines = 4000

  private mutating func write(index: String?) {
    let lines = page.objects.reduce(0) { $0 + ($1.lines?.count ?? 0) }
    output += PageStyle.head(title: page.root)
    output += "<body>\n<header>\n<h1>\(HTMLText.escaped(page.root))</h1>\n"
    output += "<p class=\"soft\">\(Self.count(page.objects.count, "object")), "
    output += "\(Self.count(lines, "line")), \(Self.count(page.layers.count, "layer"))"
    if let index { output += " · <a href=\"\(HTMLText.escaped(index))\">all roots</a>" }
    output += "</p>\n<div class=\"tools\">\n" + PageStyle.search("Search objects")
    output +=
      "<label><input type=\"checkbox\" id=\"only\"> only what was changed on the way</label>\n"
    output +=
      "</div>\n</header>\n<section class=\"layers\" aria-label=\"Layers\">\n<div class=\"scroll\">\n"
    output += LayerPicture(page.layers).svg + "</div>\n</section>\n"
    output += "<div class=\"columns\">\n<nav aria-label=\"Objects\">\n<ol>\n"
    for object in page.objects { writeLink(to: object) }
    output += "</ol>\n</nav>\n<main>\n"
    for object in page.objects { write(object, isOpen: lines <= Self.mostOpenLines) }
    writeDeleted()
    output += "</main>\n</div>\n" + PageStyle.end
  }

  static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  private static func searched(_ id: RenderedResource.Identity) -> String {
    HTMLText.escaped("\(id.kind)/\(id.name) \(id.namespace) \(id.group)".lowercased())
  }

  private mutating func writeLink(to object: ExplainedObject) {
    output += "<li data-s=\"\(Self.searched(object.id))\"><a href=\"#o\(object.index)\">"
    output += "<span class=\"kind\">\(HTMLText.escaped(object.id.kind))"
    if !object.id.namespace.isEmpty { output += " · \(HTMLText.escaped(object.id.namespace))" }
    output += "</span>\(HTMLText.escaped(object.id.name))</a></li>\n"
  }

  // MARK: - Objects

  private mutating func write(_ object: ExplainedObject, isOpen: Bool) {
    current = object.index
    output += "<article id=\"o\(object.index)\" data-s=\"\(Self.searched(object.id))\">\n<div>"
    output += "<h2>\(HTMLText.escaped(object.id.description))</h2>\n"
    if let place = object.place {
      output += "<p class=\"soft\">\(HTMLText.escaped("\(place)"))</p>\n"
    }
    if let others = page.namedBy[object.index], !others.isEmpty {
      let links = others.map { link(to: $0) }.joined(separator: ", ")
      output += "<p class=\"soft\">named by \(links)</p>\n"
    }
    output += "</div>\n<details\(isOpen ? " open" : "")><summary>"
    output += "\(Self.count(object.lines?.count ?? 0, "line"))</summary>\n"
    output +=
      "<div class=\"yaml\" tabindex=\"0\" role=\"region\" aria-label=\"\(HTMLText.escaped(object.name))\">"
    output += "<div class=\"grid\">\n"
    for line in object.lines ?? [] { write(line) }
    output += "</div></div>\n</details>\n"
    if !object.removed.isEmpty { write(object.removed) }
    output += "</article>\n"
  }

  private func link(to object: Int) -> String {
    guard let id = names[object] else { return "" }
    return "<a href=\"#o\(object)\">\(HTMLText.escaped("\(id.kind)/\(id.name)"))</a>"
  }

  private mutating func write(_ line: ExplainedLine) {
    let isChanged =
      line.writes.count > 1 || line.write.map { $0.write.kind != "resources" } ?? false
    output += "<div class=\"l\(isChanged ? " w" : "")\"><code>\(HTMLText.escaped(line.text))</code>"
    guard let last = line.write else {
      output += "</div>\n"
      return
    }
    output += "<div class=\"o\(layerClass(of: last))\">"
    let summary = origin(last, at: line.place)
    if line.writes.count > 1 {
      output += "<details><summary>\(summary)</summary><ol>"
      for write in line.writes {
        let value =
          write.value.line.map { " <code>\(HTMLText.escaped($0.shortened(to: 80)))</code>" } ?? ""
        output += "<li>\(origin(write, at: write.write.origin))\(value)\(details(of: write))</li>"
      }
      output += "</ol></details>"
    } else {
      output += summary + details(of: last)
    }
    output += "</div></div>\n"
  }

  /// Place and deed, with a link to the object that the value repeats.
  private func origin(_ explained: ExplainedWrite, at place: Diagnostic.Location?) -> String {
    var text = HTMLText.escaped(WriteText.place(place))
    let deed = WriteText.deed(explained)
    if !deed.isEmpty { text += " <span class=\"deed\">\(HTMLText.escaped(deed))</span>" }
    if let index = explained.followed?.index, index != current, names[index] != nil {
      text += " \(link(to: index))"
    }
    return text
  }

  private func details(of explained: ExplainedWrite) -> String {
    guard explained.write.kind != "resources", let entry = WriteText.entry(explained.write) else {
      return ""
    }
    return " <span class=\"soft\">asked for in \(HTMLText.escaped(entry))</span>"
  }

  /// The colour of the layer that wrote a value.
  private func layerClass(of explained: ExplainedWrite) -> String {
    guard let directory = explained.write.layers.first?.directory, let number = numbers[directory]
    else { return "" }
    return " k\(number % 8)"
  }

  private mutating func write(_ removed: [RemovedField]) {
    output += "<ul class=\"removed\">\n"
    for field in removed {
      output +=
        "<li><span class=\"gone\">\(HTMLText.escaped(field.path.description))</span> removed: "
      output += "\(origin(field.removal, at: field.removal.write.origin))</li>\n"
    }
    output += "</ul>\n"
  }

  private mutating func writeDeleted() {
    if page.deleted.isEmpty { return }
    output += "<article><div><h2>Deleted objects</h2></div>\n<ul class=\"removed\">\n"
    for deletion in page.deleted {
      let place = WriteText.place(deletion.removal.origin)
      output +=
        "<li><span class=\"gone\">\(HTMLText.escaped(deletion.id.description))</span> deleted: "
      output += "\(HTMLText.escaped(place))</li>\n"
    }
    output += "</ul></article>\n"
  }
}
