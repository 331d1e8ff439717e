internal import CLamina
internal import Lamina

/// What a call is about: a `lamina_request`, read on the caller's thread.
struct Request: Sendable {
  private let files: FileSet?
  private let rootName: String?
  /// The manifests that stand in the place of a root.
  let manifests: [UInt8]?
  let options: [UInt8]
  let cancel: CancellationToken?

  init(_ pointer: UnsafeRawPointer?) throws(InvalidCall) {
    let request = try SizedStruct<lamina_request>.read(pointer)
    files = FileSet.of(request.files)
    rootName = try Self.text(request.root, "root")
    if request.input == nil, request.input_length == 0 {
      manifests = nil
    } else {
      guard let bytes = [UInt8](copying: request.input, request.input_length) else {
        throw .missing("input")
      }
      manifests = bytes
    }
    options = Array(try Self.text(request.options, "options").map(\.utf8) ?? "".utf8)
    cancel = CancellationToken.of(request.cancel)
  }

  private static func text(
    _ text: UnsafePointer<CChar>?, _ name: String
  ) throws(InvalidCall) -> String? {
    if text == nil { return nil }
    guard let string = String(text: text) else { throw InvalidCall("\(name) is not UTF-8") }
    return string
  }

  var hasRoot: Bool { rootName != nil }

  /// A directory to build.
  struct Root: Sendable {
    /// Absolute, or the address of a repository.
    let path: String
    /// What messages call it.
    let name: String
    let files: any FileSystem
    /// Ends its build.
    let cancellation: CancellationToken?
  }

  /// The root; a call that needs one has the files for it.
  func root() throws(InvalidCall) -> Root {
    guard let rootName else { throw .missing("root") }
    return try root(rootName)
  }

  /// Another directory of the same files.
  func root(_ name: String) throws(InvalidCall) -> Root {
    guard let files else { throw .missing("files") }
    if name.isEmpty { throw InvalidCall("root is empty; the directory where paths begin is \".\"") }
    return Root(
      path: files.path(of: name), name: name, files: files.snapshot, cancellation: cancel)
  }

  /// The manifests; a call that needs some has them.
  func input() throws(InvalidCall) -> [UInt8] {
    guard let manifests else { throw .missing("input") }
    return manifests
  }
}
