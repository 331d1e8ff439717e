import Lamina
import Testing

/// What callers of the library see of a rendering.
@Suite struct RenderedResourceTests {
  private let rendering: Rendering

  init() throws {
    let files = MemoryFileSystem([
      "/shop/base/kustomization.yaml": "resources: [web.yaml]\n",
      "/shop/base/web.yaml": """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        annotations: {at: 2026-08-01, on: "yes", text: "a\\tb <c>"}
      spec:
        replicas: 2
        paused: no
        minReadySeconds: 0x10
        strategy:
        template:
          spec:
            containers:
            - {name: web, image: nginx, args: []}

      """,
      "/shop/prod/kustomization.yaml": """
      resources: [../base]
      namespace: shop
      images:
      - name: nginx
        newTag: "1.27"
      configMapGenerator:
      - name: settings
        literals: [a=b]

      """,
    ])
    rendering = try Renderer(fileSystem: files).render("/shop/prod")
  }

  private func content(_ kind: String) throws -> ResourceContent {
    try #require(rendering.resources.first { $0.id.kind == kind }).content
  }

  @Test func namesResources() {
    let ids = rendering.resources.map(\.id)
    #expect(ids.map(\.kind) == ["ConfigMap", "Deployment"])
    #expect(ids.map(\.group) == ["", "apps"])
    #expect(ids.map(\.namespace) == ["shop", "shop"])
    #expect(ids.map(\.name) == ["settings-4h2mbtbbt6", "web"])
    #expect(rendering.fileNames.last == "apps_v1_deployment_web.yaml")
  }

  @Test func givesEachResourceAsInTheStream() {
    let parts = rendering.resources.map { Array($0.yaml) }
    #expect(parts[0] + Array("---\n".utf8) + parts[1] == rendering.bytes)
    #expect(rendering.resources[1].range.upperBound == rendering.bytes.count)
  }

  @Test func saysWhereResourcesBegin() {
    #expect(
      rendering.resources.map { $0.origin?.description } == [
        "/shop/prod/kustomization.yaml:7:3", "/shop/base/web.yaml:1:1",
      ])
  }

  @Test func givesJSON() throws {
    #expect(
      String(decoding: try content("Deployment").json, as: UTF8.self)
        == #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":"#
        + #"{"at":"2026-08-01","on":"yes","text":"a\tb \u003cc\u003e"},"#
        + #""name":"web","namespace":"shop"},"spec":{"minReadySeconds":16,"paused":"no","#
        + #""replicas":2,"strategy":null,"template":{"spec":{"containers":[{"args":[],"#
        + #""image":"nginx:1.27","name":"web"}]}}}}"#)
  }

  @Test func findsValues() throws {
    let deployment = try content("Deployment")
    let image = deployment.value(at: "spec", "template", "spec", "containers", 0, "image")
    #expect(image?.text == "nginx:1.27")
    #expect(image?.kind == .string)
    #expect(image?.location?.description == "/shop/prod/kustomization.yaml:4:3")
    let replicas = deployment.value(at: "spec", "replicas")
    #expect(replicas?.kind == .number)
    #expect(replicas?.location?.description == "/shop/base/web.yaml:7:13")
    #expect(deployment.value(at: "spec", "strategy")?.kind == .null)
    #expect(deployment.value(at: "spec", "paused")?.kind == .string)
    let containers = deployment.value(at: "spec", "template", "spec", "containers")
    #expect(containers?.count == 1)
    #expect(containers?.kind == .list)
    #expect(deployment.value(at: "metadata")?.keys == ["annotations", "name", "namespace"])
    #expect(deployment.value()?.kind == .mapping)
  }

  @Test func findsResources() throws {
    let web = RenderedResource.Identity(
      group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name: "web")
    #expect(rendering.resource(web)?.id == web)
    let other = RenderedResource.Identity(
      group: "apps", version: "v1", kind: "Deployment", name: "web")
    #expect(rendering.resource(other)?.id == nil)
    func found(
      _ kind: String, _ name: String, namespace: String? = nil, group: String? = nil,
      version: String? = nil
    ) -> Int {
      rendering.resources(
        kind: kind, name: name, namespace: namespace, group: group, version: version
      ).count
    }
    #expect(found("Deployment", "web") == 1)
    #expect(found("Deployment", "web", namespace: "shop", group: "apps", version: "v1") == 1)
    #expect(found("Deployment", "web", namespace: "") == 0)
    #expect(found("Deployment", "web", group: "") == 0)
    #expect(found("Deployment", "web", version: "v2") == 0)
    #expect(found("Service", "web") == 0)
    #expect(found("Deployment", "we") == 0)
  }

  @Test func findsNothingWhereNothingIs() throws {
    let deployment = try content("Deployment")
    #expect(deployment.value(at: "spec", "nobody") == nil)
    #expect(deployment.value(at: "spec", 0) == nil)
    #expect(deployment.value(at: "spec", "template", "spec", "containers", 1) == nil)
    #expect(deployment.value(at: "spec", "template", "spec", "containers", -1) == nil)
    #expect(deployment.value(at: "spec", "replicas", "deeper") == nil)
  }
}
