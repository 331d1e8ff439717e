// Renders what is posted: {"files": {"app/kustomization.yaml": "…"}, "root": "app"}.
//
//     render-service        prints the port that it listens on, and serves until it is killed
//
// A build reads the files of its request and nothing else, ends after two seconds, and is given up when its client
// has gone. At most four run at once.
import Foundation
import Lamina
import LaminaHost

struct Request: Decodable {
  let files: [String: String]
  let root: String
}

struct Answer {
  let status: String
  let type: String
  let body: [UInt8]

  /// What went wrong, for programs; the parts of a `Diagnostic` have no passwords taken out, its report has.
  init(_ status: String, _ diagnostic: Diagnostic) {
    self.status = status
    type = "application/json"
    let fields = ["code": diagnostic.code, "id": diagnostic.id, "report": diagnostic.report]
    body = (try? Array(JSONSerialization.data(withJSONObject: fields, options: .sortedKeys))) ?? []
  }

  init(_ status: String, type: String = "text/plain", _ body: [UInt8]) {
    self.status = status
    self.type = type
    self.body = body
  }
}

/// Renders one request.
func answer(_ body: [UInt8], _ cancellation: CancellationToken) async -> Answer {
  guard let request = try? JSONDecoder().decode(Request.self, from: Data(body)) else {
    return Answer("400 Bad Request", Array("files and a root are needed\n".utf8))
  }
  var options = RenderOptions()
  options.limits.seconds = 2
  options.limits.inputBytes = 1 << 20
  options.limits.nodes = 200_000
  options.limits.depth = 64
  options.limits.resources = 1000
  let renderer = Renderer(fileSystem: MemoryFileSystem(request.files), options: options)
  do {
    let rendering = try await renderer.renderOnThread(request.root, cancellation: cancellation)
    return Answer("200 OK", type: "application/yaml", rendering.bytes)
  } catch {
    let isLimit = error.code == "limit-exceeded"
    return Answer(isLimit ? "413 Content Too Large" : "422 Unprocessable Content", error)
  }
}

guard let server = Server() else { exit(1) }
print(server.port)
fflush(nil)
await withTaskGroup(of: Void.self) { group in
  for place in 0... {
    // Each build has a thread: no more than four at once.
    if place >= 4 { await group.next() }
    let connection = await server.accept()
    group.addTask {
      guard let body = connection.body(limit: 4 << 20) else {
        return connection.send(Answer("413 Content Too Large", []))
      }
      let cancellation = CancellationToken()
      let watch = connection.whenClosed { cancellation.cancel() }
      let answer = await answer(body, cancellation)
      watch.cancel()
      connection.send(answer)
    }
  }
}
