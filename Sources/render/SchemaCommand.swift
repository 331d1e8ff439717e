import ArgumentParser
import Lamina

/// `render schema`: the JSON Schema of a kind of file, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: CommandPage.schema.abstract, discussion: CommandPage.schema.text)

  /// The files that have a schema.
  enum File: String, CaseIterable, ExpressibleByArgument {
    case kustomization
    case project = "lamina.yaml"

    var owner: FieldOwner {
      switch self {
      case .kustomization: .kustomization
      case .project: .project
      }
    }
  }

  @Argument(help: "The kind of file: kustomization or lamina.yaml.")
  var file = File.kustomization

  func run() { StandardOutput.print(String(decoding: Self.bytes(of: file), as: UTF8.self)) }

  static func bytes(of file: File) -> [UInt8] {
    FieldSchema.bytes(of: file.owner, title: file.rawValue)
  }
}
