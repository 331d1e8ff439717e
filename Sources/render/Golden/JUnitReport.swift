import LaminaDiagnostics

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
    let start = "    <testcase classname=\"golden\" name=\"\(XMLText.attribute(result.name))\""
    guard let headline = result.headline else { return start + "/>\n" }
    let element = result.status > 1 ? "error" : "failure"
    return start + """
      >
            <\(element) message="\(XMLText.attribute(headline))">\(XMLText.content(result.details))</\(element)>
          </testcase>

      """
  }
}
