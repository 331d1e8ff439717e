package import Lamina
internal import LaminaDiff

/// The page that lists the pages of all roots.
package enum HTMLSiteIndex {
  package struct Entry: Sendable {
    let root: String
    let file: String
    let objects: Int
    let layers: Int

    package init(_ page: ExplainedPage, file: String) {
      root = page.root
      self.file = file
      objects = page.objects.count
      layers = page.layers.count
    }
  }

  /// - Parameter failed: the roots that do not render, and why.
  package static func bytes(
    of entries: [Entry], failed: [(root: String, failure: Diagnostic)]
  ) -> [UInt8] {
    var output = PageStyle.head(title: "Roots")
    output += "<body>\n<header>\n<h1>Roots</h1>\n"
    output += "<p class=\"soft\">\(HTMLExplanation.count(entries.count, "root"))"
    if !failed.isEmpty { output += ", and \(failed.count) failed" }
    output += "</p>\n"
    output += "<div class=\"tools\">\n\(PageStyle.search("Search roots"))</div>\n</header>\n"
    output += "<main>\n<ol class=\"roots\">\n"
    for entry in entries {
      output += "<li data-s=\"\(HTMLText.escaped(entry.root.lowercased()))\">"
      output += "<a href=\"\(HTMLText.escaped(entry.file))\">\(HTMLText.escaped(entry.root))"
      output += " <span class=\"soft\">\(HTMLExplanation.count(entry.objects, "object")), "
      output += "\(HTMLExplanation.count(entry.layers, "layer"))</span></a></li>\n"
    }
    output += "</ol>\n"
    if !failed.isEmpty {
      output += "<h2>Roots that do not render</h2>\n<ul class=\"removed\">\n"
      for (root, failure) in failed {
        output += "<li><span class=\"gone\">\(HTMLText.escaped(root))</span>: "
        output += "\(HTMLText.escaped(ShownText.line(failure.headline)))</li>\n"
      }
      output += "</ul>\n"
    }
    output += "</main>\n" + PageStyle.end
    return Array(output.utf8)
  }
}
