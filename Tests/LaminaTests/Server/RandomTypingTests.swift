import Foundation
import Lamina
import LaminaHost
import LaminaSchema
import LaminaServer
import Testing

/// After any edits the server has told the client what a server tells that begins with the files as they are, but for
/// findings that stay while something does not render; and the rendering that the client shows is that of the files.
@Suite struct RandomTypingTests {
  private static let files = [
    "base/kustomization.yaml":
      "resources:\n- deployment.yaml\n- service.yaml\nconfigMapGenerator:\n- name: settings\n"
      + "  literals: [level=1]\n",
    "base/deployment.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web # größer 😀
    spec:
      replicas: 1
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: web
            image: web:1.2
            envFrom:
            - configMapRef: {name: settings}

    """,
    "base/service.yaml":
      "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n"
      + "  ports:\n  - port: 80\n",
    "overlays/test/kustomization.yaml":
      "resources: [../../base]\nnamePrefix: test-\npatches:\n- path: patch.yaml\n- patch: |-\n"
      + "    kind: Service\n    apiVersion: v1\n    metadata:\n      name: web\n    spec:\n      type: NodePort\n"
      + "- target: {kind: Deployment}\n  patch: '[{\"op\": \"remove\", \"path\": \"/spec/replicas\"}]'\n",
    "overlays/test/patch.yaml":
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n",
    "overlays/prod/kustomization.yaml":
      "resources: [../../base]\ncomponents: [../../parts]\nimages:\n- name: web\n  newTag: \"2\"\n",
    "parts/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: shop\n",
    "other.yaml": "a: [1, 2]\n",
  ]

  /// What is typed: pieces that make sense here and there, and pieces that do not.
  private static let pieces = [
    "", "", "", "\n", "  ", "a", ":", "- ", "# ", "name: web\n", "\"", "{", "]", "resources:\n- ",
    "../../base", "deployment.yaml", "service.yaml", "namePrefix: x-\n", "😀", "ü", "\r\n", "\t",
    "namespace: shop\n", "---\n", "kind: Component\n", "replicas: 3\n", "image: web:3\n", "&a ",
    "*a", "$(X)", "bases: [../../base]\n", "commonLabels: {a: b}\n", "../test",
  ]

  private let scratch: ScratchDirectory
  private let project: ServedProject
  private let rules: [Rule]

  init() throws {
    scratch = try ScratchDirectory()
    for (name, text) in Self.files { try scratch.write(name, text) }
    let schemas = SchemaRules(version: nil, definitions: CustomDefinitions())
    rules = Rule.all + schemas.all
    project = ServedProject(
      directory: scratch.url.path, rules: rules, lint: LintSettings(), options: RenderOptions(),
      schemas: schemas
    ) { $0 }
  }

  /// A server in this process, and what its client knows.
  private struct Session {
    var server: LanguageServer
    /// By address.
    var diagnostics: [String: String] = [:]
    /// What a root renders to, as the client was told; nil where there is no such root.
    private(set) var shown: String?
    private var mustShow = false
    private let address: String
    private static let shownID = 8
    var expectedAnswers = 1
    private(set) var answers = 0
    private var output = Data()

    init(_ project: ServedProject, _ folder: URL) {
      address = "lamina:\(folder.appending(path: "overlays/test/rendered.yaml").path)"
      server = LanguageServer(
        ServerSurroundings(files: DiskFileSystem(), host: nil, jobs: 1, version: "test") { _ in
          (project, nil)
        })
      send([
        "id": 1, "method": "initialize",
        "params": [
          "rootUri": "file://\(folder.path)",
          "capabilities": ["workspace": ["textDocumentContent": [String: Any]()]],
        ] as [String: Any],
      ])
      show()
    }

    /// Asks for what a root renders to.
    private mutating func show() {
      send([
        "id": Self.shownID, "method": "workspace/textDocumentContent", "params": ["uri": address],
      ])
    }

    /// Both have been told the same. Where something does not render, findings of before may be left.
    func tellsTheSame(as fresh: Session, _ rules: [Rule]) throws -> Bool {
      let others = try Set(fresh.all)
      let more = try all.filter { !others.contains($0) }
      let hasErrors = others.contains { $0.contains(#""severity":1"#) }
      return try others.isSubset(of: all) && (hasErrors || more.isEmpty)
        && more.allSatisfy { one in
          // What builds warn of by themselves is kept as well.
          !one.contains(#""severity":1"#)
            || rules.contains { one.contains(#""code":"\#($0.id.rawValue)""#) }
        }
    }

    /// Each diagnostic with its file.
    private var all: [String] {
      get throws {
        try diagnostics.flatMap { uri, text -> [String] in
          let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
          return try #require(json as? [[String: Any]]).map { one in
            let data = try JSONSerialization.data(withJSONObject: one, options: .sortedKeys)
            return uri + String(decoding: data, as: UTF8.self)
          }
        }
      }
    }

    mutating func send(_ message: [String: Any]) {
      guard let data = try? JSONSerialization.data(withJSONObject: message) else { return }
      let framed = LanguageClient.framed(String(decoding: data, as: UTF8.self))
      server.receive([UInt8](framed)[...])
    }

    /// Lets the server do all that it wants to.
    mutating func settle() throws {
      while server.hasWork { server.work() }
      output += Data(server.takeOutput())
      while let end = output.range(of: Data("\r\n\r\n".utf8)) {
        let header = String(decoding: output[output.startIndex..<end.lowerBound], as: UTF8.self)
        let length = try #require(Int(header.dropFirst("Content-Length: ".count)))
        let body = output[end.upperBound..<end.upperBound + length]
        output = Data(output[body.endIndex...])
        let message = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        if message["method"] as? String == "workspace/textDocumentContent/refresh" {
          mustShow = true
          continue
        }
        if message["id"] as? Int == Self.shownID {
          shown = (message["result"] as? [String: String])?["text"]
          continue
        }
        if message["id"] != nil { answers += 1 }
        guard message["method"] as? String == "textDocument/publishDiagnostics",
          let params = message["params"] as? [String: Any], let uri = params["uri"] as? String,
          let all = params["diagnostics"] as? [[String: Any]]
        else { continue }
        let text = try JSONSerialization.data(withJSONObject: all, options: .sortedKeys)
        diagnostics[uri] = all.isEmpty ? nil : String(decoding: text, as: UTF8.self)
      }
      if mustShow {
        mustShow = false
        show()
        try settle()
      }
    }
  }

  private func uri(_ name: String) -> String { "file://\(scratch.path(name))" }

  private func open(_ name: String, _ text: String, in session: inout Session) {
    session.send([
      "method": "textDocument/didOpen",
      "params": [
        "textDocument": [
          "uri": uri(name), "languageId": "yaml", "version": 1, "text": text,
        ] as [String: Any]
      ],
    ])
  }

  /// LAMINA_EDITS=100 asks for more than usual.
  private static let seeds: Range<UInt64> =
    0..<(UInt64(ProcessInfo.processInfo.environment["LAMINA_EDITS"] ?? "") ?? 8)

  @Test(arguments: Self.seeds)
  func nothingIsStale(seed: UInt64) throws {
    defer { scratch.remove() }
    var random = SeededGenerator(seed: seed)
    var texts: [String: String] = [:]
    var session = Session(project, scratch.url)
    for step in 0..<150 {
      let name = try #require(Self.files.keys.sorted().randomElement(using: &random))
      switch (texts[name], Int.random(in: 0..<12, using: &random)) {
      case (nil, _):
        texts[name] = Self.files[name]
        open(name, Self.files[name] ?? "", in: &session)
      case (.some, 0):
        texts[name] = nil
        session.send([
          "method": "textDocument/didClose", "params": ["textDocument": ["uri": uri(name)]],
        ])
      case (.some(let text), 1...3):
        // What was broken is mended, as people do.
        texts[name] = Self.files[name]
        session.send(change(name, nil, Self.files[name] ?? ""))
        _ = text
      case (.some(let text), _):
        let (range, piece, new) = edit(text, &random)
        texts[name] = new
        session.send(change(name, range, piece))
      }
      ask(about: name, in: &session, &random)
      // Some edits come before the server has got anywhere.
      if Bool.random(using: &random) { continue }
      try session.settle()
      var fresh = Session(project, scratch.url)
      for (name, text) in texts { open(name, text, in: &fresh) }
      try fresh.settle()
      #expect(session.answers == session.expectedAnswers)
      if session.shown != fresh.shown {
        Issue.record("seed \(seed), step \(step): \(session.shown ?? "") \(fresh.shown ?? "")")
        return
      }
      if !(try session.tellsTheSame(as: fresh, rules)) {
        Issue.record("seed \(seed), step \(step): \(session.diagnostics) \(fresh.diagnostics)")
        return
      }
    }
  }

  /// The requests that a place is asked with.
  private static let requests = [
    "codeAction", "codeLens", "completion", "definition", "documentLink", "documentSymbol", "hover",
    "inlayHint", "prepareRename", "references", "rename",
  ]

  /// Asks something, anywhere.
  private func ask(
    about name: String, in session: inout Session, _ random: inout SeededGenerator
  ) {
    let place = [
      "line": Int.random(in: -1...20, using: &random),
      "character": Int.random(in: -1...30, using: &random),
    ]
    session.send([
      "id": 7, "method": "textDocument/\(Self.requests.randomElement(using: &random) ?? "")",
      "params": [
        "textDocument": ["uri": uri(name)], "position": place, "newName": "other",
        "range": ["start": place, "end": ["line": 9, "character": 9]],
      ] as [String: Any],
    ])
    session.expectedAnswers += 1
  }

  private func change(_ name: String, _ range: [String: Any]?, _ text: String) -> [String: Any] {
    var change: [String: Any] = ["text": text]
    if let range { change["range"] = range }
    return [
      "method": "textDocument/didChange",
      "params": [
        "textDocument": ["uri": uri(name), "version": 2] as [String: Any],
        "contentChanges": [change],
      ] as [String: Any],
    ]
  }

  /// Replaces up to twenty characters by a piece, and says where in UTF-16.
  private func edit(
    _ text: String, _ random: inout SeededGenerator
  ) -> (range: [String: Any], piece: String, new: String) {
    let scalars = Array(text.unicodeScalars)
    // No position of the protocol lies within the end of a line.
    func whole(_ place: Int) -> Int {
      let isWithin =
        place > 0 && place < scalars.count && scalars[place - 1] == "\r" && scalars[place] == "\n"
      return isWithin ? place + 1 : place
    }
    let start = whole(Int.random(in: 0...scalars.count, using: &random))
    let length = Bool.random(using: &random) ? 0 : Int.random(in: 0...20, using: &random)
    let end = whole(min(start + length, scalars.count))
    let piece = Self.pieces.randomElement(using: &random) ?? ""
    var new = String.UnicodeScalarView(scalars[..<start])
    new += piece.unicodeScalars
    new += scalars[end...]
    return (
      ["start": position(scalars[..<start]), "end": position(scalars[..<end])], piece, String(new)
    )
  }

  private func position(_ before: ArraySlice<Unicode.Scalar>) -> [String: Int] {
    var (line, character) = (0, 0)
    var last: Unicode.Scalar?
    for scalar in before {
      if scalar == "\n" || scalar == "\r" {
        if !(scalar == "\n" && last == "\r") { line += 1 }
        character = 0
      } else {
        character += UTF16.width(scalar)
      }
      last = scalar
    }
    return ["line": line, "character": character]
  }
}
