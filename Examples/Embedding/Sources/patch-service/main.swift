// Patches manifests: each line of standard input is a request in JSON, and gets a line of JSON.
//
//     {"manifests": "…", "patch": "…", "target": {"kind": "Deployment"}}
//     {"manifests": "…"}  or  {"error": "…"}
//
// A patch that begins with [ is a JSON patch; any other is a strategic merge. Documents that it does not change stay as
// they are, with their comments.
import Foundation
import Lamina

struct Request: Decodable {
  struct Target: Decodable {
    var group, version, kind, name, namespace, labelSelector, annotationSelector: String?
  }

  let manifests: String
  let patch: String
  var target: Target?
  var allowNameChange: Bool?
  var allowKindChange: Bool?
  var openapi: String?
}

func patched(_ request: Request) throws(Diagnostic) -> [UInt8] {
  let bytes = Array(request.patch.utf8)
  var patch =
    request.patch.hasPrefix("[") ? try ManifestPatch.json(bytes) : try .strategicMerge(bytes)
  patch.target = request.target.map {
    ManifestPatch.Target(
      group: $0.group ?? "", version: $0.version ?? "", kind: $0.kind ?? "", name: $0.name ?? "",
      namespace: $0.namespace ?? "", labelSelector: $0.labelSelector ?? "",
      annotationSelector: $0.annotationSelector ?? "")
  }
  patch.allowsNameChange = request.allowNameChange ?? false
  patch.allowsKindChange = request.allowKindChange ?? false
  patch.openAPI = request.openapi.map { Array($0.utf8) }
  return try patch.spliced(into: Array(request.manifests.utf8))
}

func answer(_ line: String) -> [String: String] {
  let request: Request
  do { request = try JSONDecoder().decode(Request.self, from: Data(line.utf8)) } catch {
    return ["error": "manifests and a patch are needed"]
  }
  do throws(Diagnostic) {
    return ["manifests": String(decoding: try patched(request), as: UTF8.self)]
  } catch { return ["error": error.report] }
}

while let line = readLine() {
  let json = try JSONSerialization.data(
    withJSONObject: answer(line), options: [.sortedKeys, .withoutEscapingSlashes])
  print(String(decoding: json, as: UTF8.self))
  fflush(nil)
}
