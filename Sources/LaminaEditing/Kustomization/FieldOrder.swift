import Lamina

/// The order in which kustomize writes the fields of a kustomization and of the entries in it, from the table of
/// fields. A new field goes behind the last one of the file that comes before it here.
///
/// The rows of a table stand in the order of kustomize's own list of fields
/// (kustomize/commands/internal/kustfile/kustomizationfile.go `determineFieldOrder`).
enum FieldOrder {
  static let kustomization = names(of: .kustomization)
  static let image = names(of: .image)
  static let generator = names(of: .secretGenerator)

  private static func names(of owner: FieldOwner) -> [String] { owner.rows.map(\.name) }
}
