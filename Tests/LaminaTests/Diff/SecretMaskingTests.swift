import Lamina
@testable import LaminaDiff
import Testing

/// No report holds a secret, in whatever way it changes.
@Suite struct SecretMaskingTests {
  private let fixture = ComparisonFixture()

  private func secret(_ fields: String, name: String = "login") -> String {
    """
    apiVersion: v1
    kind: Secret
    metadata:
      name: \(name)
      namespace: shop
    \(fields)
    ---

    """
  }

  /// `hunter2` and `hunter3`, plain and in base64, and their parts.
  private static let words = ["hunter", "aHVudGVy"]

  @Test(arguments: [
    ("data: {a: aHVudGVyMg==}", "data: {a: aHVudGVyMw==}"),
    ("data: {a: aHVudGVyMg==}", "data: {b: aHVudGVyMg==}"),
    ("data: {a: aHVudGVyMg==}", "stringData: {a: hunter2}"),
    ("data: {a: aHVudGVyMg==}", ""),
    ("stringData: {a: hunter2}", "stringData: {a: hunter2, b: hunter3}"),
    ("stringData: {a: \"x\\nhunter2\\ny\"}", "stringData: {a: \"x\\nhunter3\\ny\"}"),
    ("stringData: {a: '{\"password\": \"hunter2\"}'}", "stringData: {a: '{\"password\": 1}'}"),
    ("stringData: {a: {hunter2: hunter2}}", "stringData: {a: [hunter2, hunter3]}"),
    ("stringData: hunter2", "stringData: [hunter3]"),
    ("data: {a: hunter2}", "data: {a: true}"),
    ("data: [hunter2, {name: hunter2}]", "data: [{name: hunter3}, hunter2]"),
    (
      "  annotations: {kubectl.kubernetes.io/last-applied-configuration: hunter2}",
      "  annotations: {kubectl.kubernetes.io/last-applied-configuration: hunter3}"
    ),
    ("items: [{kind: Secret, data: {a: hunter2}}]", "items: [{kind: Secret, data: {a: hunter3}}]"),
  ])
  func nothingShowsASecret(old: String, new: String) throws {
    let shapes = [
      (secret(old), secret(new)), (secret(old), ""), ("", secret(new)),
      (secret(old), secret(new, name: "other")),
      (secret(old, name: "a-2222222222"), secret(new, name: "a-4444444444")),
      (secret(old), secret(old) + secret(new, name: "other")),
    ]
    for (old, new) in shapes {
      let root = try fixture.diff(old, new)
      #expect(root.isDifferent)
      let report = DiffReport(roots: [root], comparedCount: 1)
      for text in [
        TextReport.bytes(of: report), JSONReport.bytes(of: report), HTMLReport.bytes(of: report),
        UnifiedReport.bytes(of: report), MarkdownReport.bytes(of: report),
      ].map({ String(decoding: $0, as: UTF8.self) }) {
        for word in Self.words { #expect(!text.contains(word), "\(old) -> \(new): \(text)") }
      }
      // The patch shows that something differs, too.
      #expect(!UnifiedReport.bytes(of: report).isEmpty)
    }
  }

  @Test func secretsOfOneLengthAreToldApart() throws {
    let (old, new) = (secret("data: {a: aHVudGVyMg==}"), secret("data: {a: aHVudGVyMw==}"))
    #expect(
      try fixture.lines(old, new) == [
        "v1 Secret shop/login", "  data.a: secret of 7 -> secret of 7",
      ])
    let resource = try #require(try fixture.diff(old, new).resources.first)
    #expect(text(resource.old).hasPrefix("apiVersion: v1\ndata:\n  a: (secret, 7 bytes)\n"))
    #expect(
      text(resource.new).hasPrefix("apiVersion: v1\ndata:\n  a: (secret, 7 bytes, changed)\n"))
  }

  @Test func secretsAreShownToThoseWhoAsk() throws {
    var fixture = ComparisonFixture()
    fixture.options.showsSecrets = true
    #expect(
      try fixture.lines(secret("stringData: {a: hunter2}"), secret("stringData: {a: hunter3}"))
        == ["v1 Secret shop/login", "  stringData.a: 'hunter2' -> 'hunter3'"])
  }

  /// What is in another field of a secret, or in another kind of object, is none.
  @Test func nothingElseIsMasked() throws {
    #expect(
      try fixture.lines(secret("type: a"), secret("type: b")) == [
        "v1 Secret shop/login", "  type: 'a' -> 'b'",
        "  ! immutable-field: type cannot be changed: the Secret has to be deleted and made anew",
      ])
  }

  private func text(_ resource: ManifestResource?) -> String {
    String(decoding: resource?.yaml ?? [], as: UTF8.self)
  }
}
