/// The results of a check as JUnit's XML, which the test reports of CI read: roots are test cases.
enum JUnitReport {
  static func text(of results: [GoldenResult]) -> String {
    let failures = results.count { $0.status == 1 }
    let errors = results.count { $0.status > 1 }
    let counts = "tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites \(counts)>\n"
    text += "  <testsuite name=\"render golden\" \(counts) skipped=\"0\">\n"
    for result in results { text += testCase(of: result) }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private static func testCase(of result: GoldenResult) -> String {
    let start = "    <testcase classname=\"golden\" name=\"\(attribute(result.name))\""
    guard let headline = result.headline else { return start + "/>\n" }
    let element = result.status > 1 ? "error" : "failure"
    return start + """
      >
            <\(element) message="\(attribute(headline))">\(content(result.details))</\(element)>
          </testcase>

      """
  }

  private static func attribute(_ text: String) -> String {
    escaped(text) { $0 == "\n" || $0 == "\t" || $0 == "\r" }
  }

  private static func content(_ text: String) -> String { escaped(text) { $0 == "\r" } }

  /// Characters that XML 1.0 cannot hold at all become U+FFFD (section 2.2).
  private static func escaped(_ text: String, _ byNumber: (Unicode.Scalar) -> Bool) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case _ where byNumber(scalar): "&#\(scalar.value);"
      case "\n", "\t": String(scalar)
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: String(scalar)
      }
    }.joined()
  }
}
