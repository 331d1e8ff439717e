import Lamina
import LaminaHost
import LaminaSchema

extension SchemaRules {
  /// The rules as the settings of a project want them: `lint.kubernetes` and `lint.crds`.
  ///
  /// - Throws: a `ProjectFailure` where the version is not known or a directory is not there, a `Diagnostic`
  ///   where a file cannot be read as objects.
  init(_ project: Project.Settings) throws {
    let settings = project.file.lint
    let version = try settings.kubernetes.map { entry in
      guard let version = KubernetesVersion(entry.text), version.isKnown else {
        throw ProjectFailure.unknownVersion(entry)
      }
      return version
    }
    var definitions = CustomDefinitions()
    for directory in settings.definitionDirectories {
      let path = Path.join(project.directory, directory.text)
      let files = DirectorySearch.files(below: path)
      if files.isEmpty { throw ProjectFailure.noDefinitions(directory) }
      for file in files where Self.holdsObjects(file) {
        let shown = RelativePath(from: DiskFileSystem.workingDirectory).text(of: file)
        let bytes: [UInt8]
        do { bytes = try DiskFileSystem().read(file) } catch {
          throw ProjectFailure.unreadableDefinitions(directory, shown, error)
        }
        let rendering = try Rendering(manifest: bytes, displayPath: shown)
        for resource in rendering.resources {
          definitions.add(definition: resource.root, in: resource.tree)
        }
      }
    }
    self.init(version: version, definitions: definitions)
  }

  private static func holdsObjects(_ path: String) -> Bool {
    let name = path.parts(at: "/").last.map { String($0) } ?? path
    return [".yaml", ".yml", ".json"].contains { name.ends(with: $0) }
      && !KustomizationFile.isName(name)
  }
}

extension Rule {
  /// All rules of `lint`, in the order in which they are documented.
  static var ofLint: [Rule] {
    all + SchemaRules(version: nil, definitions: CustomDefinitions()).all
  }
}

extension ProjectFailure {
  private init(_ entry: LintSettings.Entry, _ message: String) {
    self.init("\(entry.location?.description ?? ProjectFile.name): error: \(message)")
  }

  fileprivate static func unknownVersion(_ entry: LintSettings.Entry) -> ProjectFailure {
    ProjectFailure(
      entry,
      "lint.kubernetes is \(entry.text), and the versions that are known are "
        + "\(KubernetesVersion.oldest) to \(KubernetesVersion.newest)")
  }

  fileprivate static func noDefinitions(_ directory: LintSettings.Entry) -> ProjectFailure {
    ProjectFailure(directory, "lint.crds: there is no file in or below \"\(directory.text)\"")
  }

  fileprivate static func unreadableDefinitions(
    _ directory: LintSettings.Entry, _ file: String, _ error: FileSystemError
  ) -> ProjectFailure {
    ProjectFailure(directory, "lint.crds: cannot read \(file): \(error)")
  }
}
