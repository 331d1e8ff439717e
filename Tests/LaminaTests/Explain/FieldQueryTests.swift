import Lamina
import LaminaDiff
import LaminaExplain
import Testing

/// The paths that users write, and what they lead to.
@Suite struct FieldQueryTests {
  private typealias Step = Explainer.Way.Step

  private static let image: [Step] = [
    .key("spec"), .key("containers"),
    .element(index: 1, fields: [ByteText("name"): "web", ByteText("port"): "80"]),
    .key("image"),
  ]
  private static let annotation: [Step] = [
    .key("metadata"), .key("annotations"), .key("example.com/owner"),
  ]

  private func way(_ steps: [Step]) -> Explainer.Way {
    var way = Explainer.Way(path: ChangedPath())
    way.steps = steps
    return way
  }

  @Test(arguments: [
    "spec.containers[name=web].image", "spec.containers[1].image", "spec.containers.1.image",
    "spec.containers[name=web,port=80].image", "spec.containers[name=\"web\"].image",
    "spec.containers[*].image", "spec.containers.*.image", "/spec/containers/1/image",
    "spec[containers]['1'].image", "spec", ".spec.containers", "spec.containers.[name=web].image",
  ])
  func leadsToTheImage(text: String) throws {
    let query = try #require(FieldQuery(text))
    #expect(query.matches(way(Self.image)))
  }

  @Test(arguments: [
    "spec.containers[name=app].image", "spec.containers[0].image", "spec.image",
    "spec.containers[name=web,port=81]", "spec.containers[name=web].image.tag",
    "/spec/containers/0",
    "status",
  ])
  func leadsElsewhere(text: String) throws {
    let query = try #require(FieldQuery(text))
    #expect(!query.matches(way(Self.image)))
  }

  @Test(arguments: [
    "metadata.annotations.example.com/owner", "metadata.annotations[example.com/owner]",
    "metadata.annotations[\"example.com/owner\"]", "metadata.annotations.example\\.com/owner",
    "/metadata/annotations/example.com~1owner", "metadata.annotations",
  ])
  func keysMayHaveDots(text: String) throws {
    let query = try #require(FieldQuery(text))
    #expect(query.matches(way(Self.annotation)))
  }

  /// An accent belongs to no sign before it.
  @Test(arguments: [
    "data[\"\u{301}\"]", "data['\u{301}']", "data[\u{301}]", "data.\u{301}", "/data/\u{301}",
    "data.\\\u{301}", "data[\"\\\u{301}\"]",
  ])
  func keysMayBeginWithAccents(text: String) throws {
    let query = try #require(FieldQuery(text))
    #expect(query.matches(way([.key("data"), .key("\u{301}")])))
    #expect(!query.matches(way([.key("data"), .key("x")])))
  }

  @Test func partsOfAPointerAndOfAnElementMayBeginWithAccents() throws {
    let tilde = try #require(FieldQuery("/data/~1\u{301}~0\u{302}"))
    #expect(tilde.matches(way([.key("data"), .key("/\u{301}~\u{302}")])))
    let fields = [ByteText("name"): "\u{301}x", ByteText("\u{300}"): "y"]
    let element = [Step.key("list"), .element(index: 0, fields: fields)]
    for text in ["list[name=\u{301}x]", "list[name=\"\u{301}x\",\u{300}=y]"] {
      let query = try #require(FieldQuery(text))
      #expect(query.matches(way(element)))
    }
  }

  @Test(arguments: ["", "spec[", "spec[name", "spec[name=", "spec[name=web", "spec[\"a]", "..."])
  func someTextsAreNoPaths(text: String) { #expect(FieldQuery(text) == nil) }
}
