import Lamina
import LaminaDiagnostics
import LaminaHost

/// What a call wrote for one root, and what it read for that.
struct OutputRecord: Sendable {
  /// A file that was written.
  struct File: Sendable {
    /// From the working directory, or absolute, as the output was named.
    let path: String
    /// SHA-256, 64 hexadecimal digits.
    let digest: String
    /// In bytes.
    let size: Int
  }

  /// The root in the user's words.
  let root: String
  /// The bytes that were read and written, by which shards are made.
  let weight: Int
  let files: [File]
  /// What was read, from the working directory.
  let inputs: [String]
  /// What was looked for and not found.
  let missing: [String]
  /// The addresses of what was fetched.
  let remotes: [String]
}

/// The file that lists what calls have written: see Docs/BUILDS.md, "Manifests".
///
/// It says nothing of the time, so that the same files give the same manifest.
struct OutputManifest: Sendable {
  private static let version = 1

  /// By their names.
  let roots: [OutputRecord]

  init(_ roots: [OutputRecord]) {
    self.roots = roots.sorted { Self.areInOrder($0.root, $1.root) }
  }

  /// Reads a manifest; nil where there is no file, or an empty one.
  ///
  /// Whatever else is there has another owner, and is neither taken for a manifest nor written over.
  init?(at path: String) throws(ManifestFailure) {
    let bytes: [UInt8]
    do throws(FileSystemError) {
      bytes = try DiskFileSystem().read(DiskFileSystem.absolute(path))
    } catch {
      if error == .notFound { return nil }
      throw ManifestFailure(path: path, reason: error.description)
    }
    if bytes.isEmpty { return nil }
    let document: JSONDocument
    do { document = try JSONDocument(bytes, path: path) } catch {
      throw ManifestFailure(path: path, reason: "it is not a manifest: \(error.message)")
    }
    guard let version = document.root["version"]?.integer, let roots = document.root["roots"]
    else {
      throw ManifestFailure(path: path, reason: "it is not a manifest")
    }
    guard version == Self.version else {
      throw ManifestFailure(
        path: path, reason: "its version, \(version), is not known to this program")
    }
    self.roots = (roots.elements ?? []).map { OutputRecord($0) }
  }

  /// The file, in a stable order.
  var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("version", Self.version)
      json.field("roots") { json in
        json.array(of: roots) { json, record in json.object { record.write(to: &$0) } }
      }
    }
    return json.output + [UInt8(ascii: "\n")]
  }

  /// By bytes, which is the same everywhere.
  static func areInOrder(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }
}

extension OutputRecord {
  /// What a finished build wrote.
  init(_ dependencies: RootDependencies, _ log: ReadLog, _ files: [File], from here: RelativePath) {
    root = dependencies.name
    inputs = dependencies.files.sorted(by: OutputManifest.areInOrder)
    missing = log.missingPaths.map { AddressUser.masked(here.text(of: $0)) }
      .sorted(by: OutputManifest.areInOrder)
    remotes = dependencies.remotes.sorted(by: OutputManifest.areInOrder)
    self.files = files.sorted { OutputManifest.areInOrder($0.path, $1.path) }
    weight =
      inputs.reduce(0) { $0 + (DiskFileSystem.size(of: $1) ?? 0) }
      + files.reduce(0) { $0 + $1.size }
  }

  fileprivate init(_ value: JSONDocument.Value) {
    func texts(_ name: String) -> [String] { value[name]?.elements?.compactMap(\.text) ?? [] }
    root = value["root"]?.text ?? ""
    weight = value["weight"]?.integer ?? 0
    files = value["files"]?.elements?.map { File($0) } ?? []
    inputs = texts("inputs")
    missing = texts("missing")
    remotes = texts("remote")
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.field("root", root)
    json.field("weight", weight)
    json.field("files") { json in
      json.array(of: files) { json, file in
        json.object { json in
          json.field("path", file.path)
          json.field("sha256", file.digest)
          json.field("bytes", file.size)
        }
      }
    }
    for (name, texts) in [("inputs", inputs), ("missing", missing), ("remote", remotes)] {
      json.field(name) { $0.array(of: texts) { $0.string($1) } }
    }
  }
}

extension OutputRecord.File {
  init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    digest = Self.digest(of: bytes)
    size = bytes.count
  }

  fileprivate init(_ value: JSONDocument.Value) {
    path = value["path"]?.text ?? ""
    digest = value["sha256"]?.text ?? ""
    size = value["bytes"]?.integer ?? 0
  }

  /// SHA-256 in hexadecimal digits.
  static func digest(of bytes: [UInt8]) -> String { SHA256.digits(of: bytes.span) }
}

/// A manifest cannot be used.
struct ManifestFailure: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "\(path): error: cannot use this manifest: \(reason)" }
}
