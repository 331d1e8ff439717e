internal import Lamina

/// Diagnostics as JUnit's XML: each root is a test case, which fails by what concerns it. A note fails nothing.
enum JUnitDiagnostics {
  static func bytes(of report: DiagnosticReport) -> [UInt8] {
    let counted = report.diagnostics.filter { $0.severity != .note }
    let cases = report.roots.map { root in
      (root, counted.filter { $0.roots.isEmpty || $0.roots.contains(bytesOf: root) })
    }
    let failures = cases.count { !$0.1.isEmpty }
    let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites \(counts)>\n"
    text += "  <testsuite name=\"render\" \(counts) skipped=\"0\">\n"
    for (root, diagnostics) in cases {
      text += "    <testcase classname=\"render\" name=\"\(XMLText.attribute(root))\""
      guard let first = diagnostics.first else {
        text += "/>\n"
        continue
      }
      let details = diagnostics.map { "\($0)" }.joined(separator: "\n")
      text += """
        >
              <failure message="\(XMLText.attribute(first.message))">\(XMLText.content(details))</failure>
            </testcase>

        """
    }
    text += "  </testsuite>\n</testsuites>\n"
    return Array(text.utf8)
  }
}
