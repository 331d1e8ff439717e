/// A patch that turns one text of a file into another, as `diff -u` writes it.
package enum FilePatch {
  /// - Parameter path: the file as the user calls it; with `from` empty and new, the file is made.
  package static func text(of path: String, from old: [UInt8]?, to new: [UInt8]) -> [UInt8] {
    let (oldLines, newLines) = (lines(of: old ?? []), lines(of: new))
    let hunks = SequenceDiff.hunks(old: oldLines, new: newLines)
    let name = ShownName.text(path)
    var output = Array("--- \(old == nil ? "/dev/null" : "a/\(name)")\n+++ b/\(name)\n".utf8)
    for hunk in hunks {
      output += "\(hunkHeader(old: hunk.old, new: hunk.new))\n".utf8
      var place = hunk.old.lowerBound
      for change in hunk.changes {
        append(oldLines[place..<change.old.lowerBound], " ", to: &output)
        append(oldLines[change.old], "-", to: &output)
        append(newLines[change.new], "+", to: &output)
        place = change.old.upperBound
      }
      append(oldLines[place..<hunk.old.upperBound], " ", to: &output)
    }
    return output
  }

  /// The lines with their line feeds, which count.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = text[...]
    while let feed = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(rest[...feed])
      rest = rest[(feed + 1)...]
    }
    return rest.isEmpty ? lines : lines + [rest]
  }

  private static func append(
    _ lines: ArraySlice<ArraySlice<UInt8>>, _ mark: String, to output: inout [UInt8]
  ) {
    for line in lines {
      output += mark.utf8
      output += line
      if line.last != UInt8(ascii: "\n") { output += "\n\\ No newline at end of file\n".utf8 }
    }
  }

  /// A path that would end the line of the header is shown with escapes.
  private enum ShownName {
    static func text(_ path: String) -> String {
      let path = path.hasPrefix("/") ? String(path.dropFirst()) : path
      return path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? path : path.debugDescription
    }
  }
}
