import Lamina
import LaminaEditing
import LaminaHost

/// A trial of one generator: its files must be there, and no key may come twice.
struct GeneratorCheck {
  private let field: KustomizationEditor.GeneratorField
  private let name: String
  private let namespace: String
  private let file: EditedFile

  init(
    _ field: KustomizationEditor.GeneratorField, name: String, namespace: String,
    in file: EditedFile
  ) {
    self.field = field
    self.name = name
    self.namespace = namespace
    self.file = file
  }

  /// Renders a kustomization that has this generator alone, in the place of the one that is edited.
  func check(_ editor: KustomizationEditor) throws(CommandFailure) {
    guard let number = editor.generator(name, namespace: namespace, in: field) else { return }
    let items =
      editor.value.entries.last {
        $0.key.lowercased() == field.rawValue.lowercased()
      }?.value.items ?? []
    guard items.indices.contains(number) else { return }
    // Whether there is something to merge with, only the whole kustomization can tell.
    let entries = items[number].entries.filter { $0.key.lowercased() != "behavior" }
    do throws(EditError) {
      var trial = try YAMLEditor([])
      try trial.set(.sequence([.mapping(entries)]), at: [.key(field.rawValue)])
      try render(trial.bytes)
    } catch {
      throw CommandFailure("failed to create \(field.kind.lowercased()): \(error.message)")
    }
  }

  private func render(_ text: [UInt8]) throws(EditError) {
    let path = EditedFile.absolute(file.path)
    guard let place = try? DiskFileSystem().resolve(path).path else { return }
    var files = MemoryFileSystem()
    files.write(text, to: place)
    var options = RenderOptions()
    options.hidesSecrets = self.file.isForAssistant
    let renderer = Renderer(
      fileSystem: OverlayFileSystem(files, over: DiskFileSystem()), options: options)
    do { _ = try renderer.render(Path.directory(place)) } catch { throw EditError(error.message) }
  }
}
