import ArgumentParser
import Lamina

/// How findings are printed.
enum LintFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json

  func text(of check: LintCheck) -> String {
    let all = check.failures + check.findings
    switch self {
    case .text: return all.map { "\($0)\n" }.joined()
    case .json:
      var json = JSONWriter()
      json.array(of: all) { json, diagnostic in
        json.object { json in
          json.field("rule", diagnostic.id)
          json.field("severity", diagnostic.severity.rawValue)
          json.field("message", diagnostic.message)
          if let file = diagnostic.location?.file ?? diagnostic.file { json.field("file", file) }
          if let location = diagnostic.location {
            json.field("line", location.line)
            json.field("column", location.column)
          }
          if let hint = diagnostic.hint { json.field("hint", hint) }
          json.field("notes") { json in
            json.array(of: diagnostic.notes) { json, note in json.string("\(note.message)") }
          }
        }
      }
      return String(decoding: json.output, as: UTF8.self) + "\n"
    }
  }
}
