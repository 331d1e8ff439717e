import Foundation
import Lamina
import Testing

@testable import render

/// `Docs/schemas` holds what `render schema` prints. `LAMINA_RECORD=1 swift test` writes it anew.
@Suite struct FieldSchemaTests {
  @Test(arguments: SchemaCommand.File.allCases)
  func theDocumentIsWhatIsPrinted(_ file: SchemaCommand.File) throws {
    let name = file == .project ? "lamina" : file.rawValue
    let path = URL(filePath: #filePath)
      .appending(path: "../../../../Docs/schemas/\(name).schema.json").standardizedFileURL
    let bytes = Data(SchemaCommand.bytes(of: file))
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil { try bytes.write(to: path) }
    #expect(try Data(contentsOf: path) == bytes)
  }

  @Test func everyFieldOfAFileIsInItsSchema() throws {
    let json = try JSONSerialization.jsonObject(with: Data(SchemaCommand.bytes(of: .project)))
    let definitions = try #require((json as? [String: Any])?["definitions"] as? [String: Any])
    for owner in [FieldOwner.project, .golden, .lint, .lintIgnore] {
      let definition = try #require(definitions[owner.rawValue] as? [String: Any])
      let properties = try #require(definition["properties"] as? [String: Any])
      #expect(Set(properties.keys) == Set(owner.rows.map(\.name)))
    }
  }
}
