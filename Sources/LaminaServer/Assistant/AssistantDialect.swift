internal import Lamina

/// The two ways in which versions of the Model Context Protocol have a request asked and answered.
enum AssistantDialect {
  /// A session begins with `initialize`, which settles the version.
  case session
  /// Since 2026-07-28: each request names its version, and what the client can do, under `_meta`.
  case stateless

  /// The newest first. They say the same of what this server does.
  private static let sessionVersions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
  private static let statelessVersions = ["2026-07-28"]
  static let versions = statelessVersions + sessionVersions

  /// A server that is asked for a version that it does not have offers another one.
  static func sessionVersion(asked: String?) -> String {
    sessionVersions.first { $0 == asked } ?? sessionVersions[0]
  }

  init(of message: Message) throws(RequestError) {
    guard message.method != "initialize",
      let version = message.params?["_meta"]?[Self.prefix + "protocolVersion"]
    else {
      self = .session
      return
    }
    guard let asked = version.text else { throw .invalidParams(message.method) }
    guard Self.statelessVersions.contains(asked) else {
      throw RequestError(code: -32_022, message: "the server does not have this version") { json in
        json.object { json in
          json.field("supported") { json in
            json.array(of: Self.versions) { json, version in json.string(version) }
          }
          json.field("requested", asked)
        }
      }
    }
    self = .stateless
  }

  private static let prefix = "io.modelcontextprotocol/"

  /// An hour. What is listed changes only with the program.
  private static let listingMilliseconds = 3_600_000

  /// Writes what every answer has.
  func finish(isListing: Bool, _ version: String, to json: inout JSONWriter) {
    guard self == .stateless else { return }
    json.field("resultType", "complete")
    if isListing {
      json.field("ttlMs", Self.listingMilliseconds)
      json.field("cacheScope", "public")
    }
    json.field("_meta") { json in
      json.object { json in
        json.field(Self.prefix + "serverInfo") { Self.writeServer(version, to: &$0) }
      }
    }
  }

  static func writeServer(_ version: String, to json: inout JSONWriter) {
    json.object { json in
      json.field("name", "render")
      json.field("title", "Lamina")
      json.field("version", version)
    }
  }

  /// Writes what the server can do, and how it is used.
  static func introduce(to json: inout JSONWriter) {
    json.field("capabilities") { json in
      json.object { json in json.field("tools") { $0.object { _ in } } }
    }
    json.field(
      "instructions",
      "Renders kustomizations as kustomize does, and says where values come from. Paths are relative to the "
        + "workspace, outside of which nothing is read or written. Prefer \"edit\" to changing a kustomization by "
        + "hand, and \"diff\" before and after a change.")
  }
}
