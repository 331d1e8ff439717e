internal import Lamina

/// A patch that turns one text of a file into another, as `diff -u` writes it.
package enum FilePatch {
  /// - Parameters:
  ///   - path: the file as the user calls it; with `from` empty and new, the file is made.
  ///   - hidesSecrets: shows no values of Secrets. Where there are some, the patch is one to read.
  package static func text(
    of path: String, from old: [UInt8]?, to new: [UInt8], hidesSecrets: Bool = false
  ) -> [UInt8] {
    let (oldLines, newLines) = (lines(of: old ?? []), lines(of: new))
    let oldShown = hidesSecrets ? masked(oldLines, old ?? []) : oldLines
    let newShown = hidesSecrets ? masked(newLines, new) : newLines
    let hunks = SequenceDiff.hunks(old: oldLines, new: newLines)
    let name = ShownName.text(path)
    var output = Array("--- \(old == nil ? "/dev/null" : "a/\(name)")\n+++ b/\(name)\n".utf8)
    for hunk in hunks {
      output += "\(hunkHeader(old: hunk.old, new: hunk.new))\n".utf8
      var place = hunk.old.lowerBound
      for change in hunk.changes {
        append(oldShown[place..<change.old.lowerBound], " ", to: &output)
        append(oldShown[change.old], "-", to: &output)
        append(newShown[change.new], "+", to: &output)
        place = change.old.upperBound
      }
      append(oldShown[place..<hunk.old.upperBound], " ", to: &output)
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

  private static func masked(
    _ lines: [ArraySlice<UInt8>], _ text: [UInt8]
  ) -> [ArraySlice<UInt8>] {
    var lines = lines
    for (number, shown) in MaskedLines.of(text) where lines.indices.contains(number) {
      let ends = lines[number].last == UInt8(ascii: "\n")
      lines[number] = Array((ends ? "\(shown)\n" : shown).utf8)[...]
    }
    return lines
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
      let path = path.begins(with: "/") ? String(path.dropFirst()) : path
      return path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? path : path.debugDescription
    }
  }
}
