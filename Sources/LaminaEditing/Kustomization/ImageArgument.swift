internal import Lamina

/// What `edit set image` is told of an image: `NAME:TAG`, `NAME=NEW:TAG@DIGEST` and the like.
///
/// `*` keeps the value that the file has. All other values of the image's entry go.
public struct ImageArgument: Sendable, Equatable {
  /// The name that resources use.
  public let name: String
  /// The name that it gets; empty for none, `*` for the one in the file.
  public let newName: String
  /// The tag that it gets, as `newName`.
  public let newTag: String
  /// The digest that it gets, as `newName`.
  public let digest: String

  /// What an entry of `images` is to say; empty texts say nothing.
  public init(name: String, newName: String = "", newTag: String = "", digest: String = "") {
    self.name = name
    self.newName = newName
    self.newTag = newTag
    self.digest = digest
  }

  /// Reads an argument of the command.
  ///
  /// Throws where it is a name alone (kustomize/commands/edit/set/setimage.go `parse`).
  public init(_ argument: String) throws(EditError) {
    let bytes = Array(argument.utf8)
    let sign = bytes.firstIndex(of: UInt8(ascii: "="))
    let (name, tag, digest) = Self.split(bytes[(sign.map { $0 + 1 } ?? 0)...])
    if name.hasBytes(of: argument) { throw .imageFormat }
    let key = sign.map { String(decoding: bytes[..<$0], as: UTF8.self) } ?? ""
    self.init(
      name: key.isEmpty ? name : key, newName: key.isEmpty ? "" : name, newTag: tag, digest: digest)
  }

  /// A `:` or `@` before the first slash belongs to the host (api/internal/image/image.go `Split`).
  ///
  /// With a `:` behind the `@`, all behind the `@` is the digest; with one before it, there are
  /// both.
  private static func split(
    _ image: ArraySlice<UInt8>
  ) -> (name: String, tag: String, digest: String) {
    let slash = image.firstIndex(of: UInt8(ascii: "/")) ?? image.startIndex
    let search = image[slash...]
    let at = search.firstIndex(of: UInt8(ascii: "@"))
    let colon = search.firstIndex(of: UInt8(ascii: ":"))
    func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
    if let at, colon.map({ $0 > at }) ?? true {
      return (text(image[..<at]), "", text(image[(at + 1)...]))
    }
    guard let colon else { return (text(image), "", "") }
    let end = at ?? image.endIndex
    return (
      text(image[..<colon]), text(image[(colon + 1)..<end]),
      at.map { text(image[($0 + 1)...]) } ?? ""
    )
  }
}

extension EditError {
  /// kustomize's words (kustomize/commands/edit/set/setimage.go `errImageInvalidArgs`).
  fileprivate static var imageFormat: EditError {
    EditError(
      """
      invalid format of image, use one of the following options:
      - <image>=<newimage>:<newtag>
      - <image>=<newimage>@<digest>
      - <image>=<newimage>:<newtag>@<digest>
      - <image>=<newimage>
      - <image>:<newtag>
      - <image>:<newtag>@<digest>
      - <image>@<digest>
      """)
  }
}
