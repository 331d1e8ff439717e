@testable import LaminaDiff
import Lamina
import Testing

/// Which paths a rule hides, and what is said of a text that is no rule.
@Suite struct IgnoreRuleTests {
  private func hides(_ rule: String, _ path: ChangedPath) throws -> Bool {
    let rule = try IgnoreRule(rule)
    let pattern = try #require(rule.path)
    var progress = pattern.start
    for step in path.steps { progress = pattern.advance(progress, by: IgnorableStep(step)) }
    return pattern.isReached(progress)
  }

  private let checksum = ChangedPath([
    .key("spec"), .key("template"), .key("metadata"), .key("annotations"), .key("checksum/config"),
  ])
  private let image = ChangedPath([
    .key("spec"), .key("containers"),
    .element([.init(key: "name", value: "a,b]\"c\\")]), .key("image"),
  ])
  private let port = ChangedPath([
    .key("spec"), .key("ports"), .index(12),
    .element([.init(key: "port", value: "80"), .init(key: "protocol", value: "TCP")]),
  ])

  /// An accent belongs to no sign before it.
  @Test(arguments: [
    "data[\"\u{301}\"]", "data.\u{301}", "ConfigMap:data[\"\u{301}\"]",
    "\u{301}*/\u{301}:data.\u{301}",
  ])
  func keysMayBeginWithAccents(rule: String) throws {
    #expect(try hides(rule, ChangedPath([.key("data"), .key("\u{301}")])))
    #expect(try !hides(rule, ChangedPath([.key("data"), .key("x")])))
  }

  @Test func partsOfElementsAndNamesMayBeginWithAccents() throws {
    let path = ChangedPath([.key("list"), .element([.init(key: "name", value: "\u{301}")])])
    #expect(path.description == "list[name=\u{301}]")
    #expect(try hides(path.description, path))
    #expect(try hides("list[name=\"\u{301}\"]", path))
    #expect(try IgnoreRule("ConfigMap/\u{301}:data").concerns(kind: "ConfigMap", name: "\u{301}"))
    #expect(try IgnoreRule("ConfigMap/\u{301}").path == nil)
  }

  @Test func aPathHidesWhatAReportPrintsSo() throws {
    for path in [checksum, image, port] { #expect(try hides(path.description, path)) }
    #expect(
      checksum.description == #"spec.template.metadata.annotations["checksum/config"]"#)
    #expect(image.description == #"spec.containers[name="a,b]\"c\\"].image"#)
    #expect(port.description == "spec.ports[12][port=80,protocol=TCP]")
  }

  @Test(arguments: [
    "spec", "spec.template.metadata", "**", "**.annotations", #"**["checksum/*"]"#,
    #"spec.*.*.*["*config"]"#, #"spec.**["checksum/config"]"#, "s*c.t*te", "*.*.*.*.*",
    "spec[*].metadata", "**.**.annotations.**",
  ])
  func aRuleHidesTheFieldAndWhatIsBelow(rule: String) throws {
    #expect(try hides(rule, checksum))
  }

  @Test(arguments: [
    "metadata", "spec.metadata", "spec.template.metadata.annotations.checksum", "*.*.*.*.*.*",
    #"["checksum/*"]"#, #"spec.**["checksum/x*"]"#, "spec.template.metadata.annotations[0]",
    #"spec.template.metadata.annotations["checksum/\*"]"#, "**.labels",
  ])
  func othersAreLeftAlone(rule: String) throws {
    #expect(try !hides(rule, checksum))
  }

  @Test func elementsAreNamedByPlaceOrKeys() throws {
    #expect(try hides("spec.ports[12][port=8*]", port))
    #expect(try hides("spec.ports[*][protocol=TCP]", port))
    #expect(try !hides("spec.ports[1][port=80]", port))
    #expect(try !hides("spec.ports[12][port=80,name=web]", port))
  }

  @Test func aRuleMayBeForWholeResources() throws {
    for text in ["Secret", "Secret/db-*", "*/db-x", "Sec*"] {
      let rule = try IgnoreRule(text)
      #expect(rule.path == nil)
      #expect(rule.concerns(kind: "Secret", name: "db-x"))
    }
    #expect(try !IgnoreRule("Secret/db-*").concerns(kind: "Secret", name: "web"))
    #expect(try IgnoreRule("metadata").path != nil)
    #expect(try IgnoreRule("Secret:data").path != nil)
  }

  @Test func aRuleMayBeForSomeResourcesOnly() throws {
    let rule = try IgnoreRule("Deploy*/web-*:spec.replicas")
    #expect(rule.concerns(kind: "Deployment", name: "web-1"))
    #expect(!rule.concerns(kind: "Deployment", name: "api"))
    #expect(!rule.concerns(kind: "StatefulSet", name: "web-1"))
    #expect(try IgnoreRule("Job:spec").concerns(kind: "Job", name: "any"))
    #expect(try IgnoreRule(#"data["a:b"]"#).concerns(kind: "ConfigMap", name: "any"))
  }

  @Test(arguments: [
    ("", "column 1: expected a path, such as metadata.annotations"),
    ("Deployment:", "column 12: expected a path, such as metadata.annotations"),
    ("/web:spec", "column 1: expected KIND: or KIND/NAME: before the path"),
    ("spec..a", "column 6: expected a key"),
    ("spec.", "column 6: expected a key"),
    ("spec[0]a", "column 8: expected . or [ after ]"),
    ("spec[", "column 6: expected ]"),
    ("spec[x]", "column 8: expected a number, key=value, * or a key in double quotes in brackets"),
    ("spec[-1]", "column 9: expected a number, key=value, * or a key in double quotes in brackets"),
    ("spec[=x]", "column 6: expected key=value"),
    ("spec[a=b,c]", "column 11: expected key=value"),
    ("spec[a=b", "column 9: expected ]"),
    (#"spec["a]"#, "column 9: expected a quote that ends the text"),
    (#"spec["a"x]"#, "column 9: expected ]"),
  ])
  func whatIsNoRuleIsSaid(rule: String, message: String) throws {
    let flaw = #expect(throws: PathFlaw.self) { try IgnoreRule(rule) }
    #expect(flaw?.description == message)
  }
}
