internal import Lamina

/// Text from manifests and other files within a page.
package enum HTMLText {
  /// Shown as it is, wherever it stands: between tags, or in quotes as an attribute.
  package static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in ShownText.line(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A path or a name, which may break behind a dot, a slash or a bracket.
  static func breakable(_ text: String) -> String {
    var result = ""
    for scalar in escaped(text).unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "." || scalar == "/" || scalar == "]" { result += "<wbr>" }
    }
    return result
  }
}
