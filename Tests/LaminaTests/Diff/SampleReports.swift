@testable import Lamina
import LaminaDiff

/// Reports made by hand, with everything that a report can say.
enum SampleReports {
  static let all: [(name: String, report: DiffReport)] = [
    ("fields", DiffReport(roots: [fields(of: "overlays/prod")], comparedCount: 1)),
    ("resources", DiffReport(roots: [resources], comparedCount: 1)),
    ("roots", DiffReport(roots: [newRoot, formerRoot, brokenRoot, quietRoot], comparedCount: 7)),
    ("repeated", DiffReport(roots: [fields(of: "a"), fields(of: "b")], comparedCount: 2)),
    ("hostile", DiffReport(roots: [hostile], comparedCount: 1)),
    ("same", DiffReport(roots: [], comparedCount: 4)),
  ]

  /// Every kind of change of a field.
  private static func fields(of name: String) -> RootDiff {
    RootDiff(
      name: name, old: side("main:\(name)", [orders(replicas: 1)]),
      new: side(name, [orders(replicas: 3)]),
      resources: [
        ResourceDiff(
          old: orders(replicas: 1), new: orders(replicas: 3), match: .id,
          changes: [
            FieldChange(
              path: path("metadata", "annotations", "example.com/owner"),
              kind: .removed("team-a"), oldOrigin: place("base/orders.yaml", 7)),
            FieldChange(
              path: path("metadata", "labels", "tier"), kind: .added("backend"),
              newOrigin: place("overlays/prod/kustomization.yaml", 4)),
            FieldChange(
              path: path("spec", "replicas"), kind: .changed(1, 3),
              oldOrigin: place("base/orders.yaml", 9),
              newOrigin: place("overlays/prod/replicas.yaml", 6)),
            FieldChange(path: path("spec", "minReadySeconds"), kind: .changed(5, "5")),
            FieldChange(
              path: container("image"),
              kind: .changed(
                "registry.example.com/shop/orders:1.9.0-rc.1",
                "registry.example.com/shop/orders:1.10.0")),
            FieldChange(
              path: container("resources"),
              kind: .added(["limits": ["cpu": "500m", "memory": "1Gi"], "claims": []])),
            FieldChange(
              path: container("command"),
              kind: .changed(["orders", "--port", "8080"], ["orders"])),
            FieldChange(
              path: container("args"), kind: .reordered(["-v", "--fast"], ["--fast", "-v"])),
            FieldChange(
              path: ChangedPath([.key("spec"), .key("hosts"), .index(2)]),
              kind: .removed([["host": "a.example.com", "paths": ["/", "/api"]]])),
            FieldChange(path: path("spec", "paused"), kind: .changed(true, nil)),
          ],
          consequences: [
            Consequence(
              kind: .immutableField,
              message: "spec.selector cannot be changed: delete the Deployment first"),
            Consequence(kind: .rollout, message: "the pods are replaced"),
            Consequence(kind: .scale, message: "1 → 3 pods"),
          ]),
        ResourceDiff(
          old: config("app-6k7h2d", "old"), new: config("app-h42t9k", "new"),
          match: .contentHash,
          changes: [
            FieldChange(
              path: path("data", "app.properties"),
              kind: .text(
                LineDiff(
                  hunks: [
                    LineDiff.Hunk(
                      oldStart: 3, newStart: 3,
                      lines: [
                        .kept("# the database"), .kept(""), .removed("db.pool=5"),
                        .added("db.pool=20"), .added("db.timeout=3s "), .kept("db.host=db"),
                      ])
                  ], changesLastLineFeed: true))),
            FieldChange(
              path: path("data", "flags.json"),
              kind: .text(
                LineDiff(
                  hunks: [
                    LineDiff.Hunk(
                      oldStart: 1, newStart: 1,
                      lines: [.kept("{"), .removed("  \"a\": 1"), .added("  \"a\": 2"), .kept("}")])
                  ], isLaidOut: true))),
            FieldChange(path: path("data", "motd"), kind: .added("Welcome\n  to the shop\n")),
          ]),
        ResourceDiff(
          old: secret, new: secret, match: .id,
          changes: [
            FieldChange(
              path: path("data", "password"),
              kind: .changed(.secret(byteCount: 12), .secret(byteCount: 12))),
            FieldChange(
              path: path("data", "token"),
              kind: .changed(.secret(byteCount: 12), .secret(byteCount: 40))),
            FieldChange(path: path("data", "key"), kind: .added(.secret(byteCount: 1))),
            FieldChange(path: path("data", "user"), kind: .removed(.secret(byteCount: 5))),
          ]),
      ], unchangedCount: 12, isReordered: true, hidden: hidden)
  }

  /// Resources that come, go, and get another name.
  private static let resources = RootDiff(
    name: "out/prod.yaml", old: side("out/prod.yaml", []), new: side("standard input", []),
    resources: [
      ResourceDiff(old: nil, new: config("features", "dark-mode")),
      ResourceDiff(
        old: namespace, new: nil,
        consequences: [
          Consequence(kind: .removal, message: "the Namespace is removed"),
          Consequence(kind: .dataLoss, message: "everything in the namespace goes with it"),
        ]),
      ResourceDiff(
        old: ingress(group: "extensions", version: "v1beta1"),
        new: ingress(group: "networking.k8s.io", version: "v1"), match: .apiVersion,
        changes: [
          FieldChange(
            path: path("apiVersion"), kind: .changed("extensions/v1beta1", "networking.k8s.io/v1"))
        ]),
      ResourceDiff(
        old: config("web", "x", namespace: "shop"), new: config("web", "x", namespace: "store"),
        match: .namespace,
        changes: [
          FieldChange(path: path("metadata", "namespace"), kind: .changed("shop", "store"))
        ],
        consequences: [
          Consequence(kind: .namespaceChange, message: "made in store; the one in shop goes")
        ]),
      ResourceDiff(
        old: config("mail", "x"), new: config("mailer", "x"), match: .similarity(percent: 87),
        changes: [FieldChange(path: path("metadata", "name"), kind: .changed("mail", "mailer"))],
        consequences: [Consequence(kind: .rename, message: "made anew under another name")]),
    ], unchangedCount: 0)

  private static let newRoot = RootDiff(
    name: "overlays/staging", old: DiffSide(label: "main:overlays/staging", state: .absent),
    new: side("overlays/staging", [config("web", "x")]),
    resources: [ResourceDiff(old: nil, new: config("web", "x"))], unchangedCount: 0)

  private static let formerRoot = RootDiff(
    name: "overlays/old", old: side("main:overlays/old", [config("web", "x")]),
    new: DiffSide(label: "overlays/old", state: .absent),
    resources: [
      ResourceDiff(
        old: config("web", "x"), new: nil,
        consequences: [Consequence(kind: .removal, message: "the ConfigMap is removed")])
    ], unchangedCount: 0)

  private static let brokenRoot = RootDiff(
    name: "overlays/broken", old: side("main:overlays/broken", [config("web", "x")]),
    new: DiffSide(label: "overlays/broken", state: .failed(failure)), resources: [],
    unchangedCount: 0)

  /// Nothing but what is not shown.
  private static let quietRoot = RootDiff(
    name: "overlays/quiet", old: side("main:overlays/quiet", [config("web", "x")]),
    new: side("overlays/quiet", [config("web", "x")]), resources: [], unchangedCount: 1,
    hidden: {
      var hidden = HiddenChanges()
      hidden.ignored = [(rule: "metadata.labels", count: 1)]
      hidden.layoutOnly = 1
      return hidden
    }())

  /// Texts that would do harm if they were printed as they are.
  private static let hostile = RootDiff(
    name: "a|b`c <i>@team #12\u{1B}[31m", old: side("old\r\nside", [evil("old")]),
    new: side("*new*", [evil("new")]),
    resources: [
      ResourceDiff(
        old: evil("old"), new: evil("new"), match: .id,
        changes: [
          FieldChange(
            path: path("data", "</code></details>\u{1B}]0;title\u{7}"),
            kind: .changed("\u{1B}[2Jgone", "<script>alert(1)</script> & @all #1 `x`")),
          FieldChange(
            path: path("data", "script"),
            kind: .text(
              LineDiff(hunks: [
                LineDiff.Hunk(
                  oldStart: 1, newStart: 1,
                  lines: [
                    .removed("line\r"), .added("line"), .added("````"), .added("\u{1B}[0m\u{9B}x"),
                    .added("if user != \"\u{202E}nimda\u{2066}\" {\t"), .kept("é 日本 🎉"),
                  ])
              ]))),
        ],
        consequences: [Consequence(kind: .rollout, message: "<b>@all</b>\u{1B}[1m")])
    ], unchangedCount: 0)

  private static let hidden: HiddenChanges = {
    var hidden = HiddenChanges()
    hidden.ignored = [(rule: "metadata.labels[\"example.com/x\"]", count: 3)]
    hidden.followedNames = 2
    hidden.layoutOnly = 1
    return hidden
  }()

  private static let failure: Diagnostic = {
    let files = MemoryFileSystem(["/broken/kustomization.yaml": "resources: [missing.yaml]\n"])
    do throws(Diagnostic) {
      _ = try Renderer(fileSystem: files).render("/broken", displayPath: "overlays/broken")
      preconditionFailure("the directory must not render")
    } catch { return error }
  }()

  // MARK: - Resources

  private static func side(_ label: String, _ resources: [ManifestResource]) -> DiffSide {
    DiffSide(label: label, state: .rendered(Manifest(resources: resources)))
  }

  private static func orders(replicas: Int) -> ManifestResource {
    resource(
      group: "apps", kind: "Deployment", namespace: "shop", name: "orders",
      yaml: """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: orders
          namespace: shop
        spec:
          replicas: \(replicas)

        """,
      [
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": ["name": "orders", "namespace": "shop"],
        "spec": ["replicas": .number("\(replicas)")],
      ])
  }

  private static func config(
    _ name: String, _ value: String, namespace: String = ""
  ) -> ManifestResource {
    let line = namespace.isEmpty ? "" : "\n  namespace: \(namespace)"
    return resource(
      kind: "ConfigMap", namespace: namespace, name: name,
      yaml: """
        apiVersion: v1
        data:
          mode: \(value)
        kind: ConfigMap
        metadata:
          name: \(name)\(line)

        """,
      [
        "apiVersion": "v1", "data": ["mode": .string(value)], "kind": "ConfigMap",
        "metadata": ["name": .string(name)],
      ], origin: place("base/\(name).yaml", 1))
  }

  private static let secret = resource(
    kind: "Secret", name: "db",
    yaml: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n",
    ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "db"]])

  private static let namespace = resource(
    kind: "Namespace", name: "shop",
    yaml: "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n",
    ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]])

  private static func ingress(group: String, version: String) -> ManifestResource {
    resource(
      group: group, version: version, kind: "Ingress", name: "web",
      yaml: "apiVersion: \(group)/\(version)\nkind: Ingress\nmetadata:\n  name: web\n",
      [
        "apiVersion": .string("\(group)/\(version)"), "kind": "Ingress",
        "metadata": ["name": "web"],
      ]
    )
  }

  private static func evil(_ value: String) -> ManifestResource {
    resource(
      kind: "Config<b>|Map", name: "x\u{1B}[31m`|@team",
      yaml: "apiVersion: v1\ndata: \(value)\nkind: Config<b>|Map\n",
      ["apiVersion": "v1", "data": .string(value), "kind": "Config<b>|Map"])
  }

  private static func resource(
    group: String = "", version: String = "v1", kind: String, namespace: String = "", name: String,
    yaml: String, _ value: ManifestValue, origin: Diagnostic.Location? = nil
  ) -> ManifestResource {
    ManifestResource(
      id: RenderedResource.Identity(
        group: group, version: version, kind: kind, namespace: namespace, name: name),
      yaml: Array(yaml.utf8), value: value, origin: origin)
  }

  // MARK: - Places

  private static func path(_ keys: String...) -> ChangedPath { ChangedPath(keys.map { .key($0) }) }

  private static func container(_ field: String) -> ChangedPath {
    ChangedPath([
      .key("spec"), .key("template"), .key("spec"), .key("containers"),
      .element([ChangedPath.KeyValue(key: "name", value: "app")]), .key(field),
    ])
  }

  private static func place(_ file: String, _ line: Int) -> Diagnostic.Location {
    Diagnostic.Location(file: file, line: line, column: 3)
  }
}
