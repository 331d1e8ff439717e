/// What an object of a package says of the program that it stands for, for `fn run`.
///
/// `fn run` reads packages and no kustomizations, so an object is read by itself and belongs to no
/// build.
package struct PackageFunction: Sendable {
  private let spec: FunctionSpec

  /// Reads an object; nil where it stands for no program.
  ///
  /// - Parameters:
  ///   - object: the text of one object.
  ///   - path: what messages call the object's file.
  package init?(_ object: [UInt8], path: String) throws(Diagnostic) {
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: path, bytes: object)
    do {
      guard
        let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources),
        tree.shape(root) == .mapping,
        let spec = try FunctionSpec.read(root, into: &tree, sources: &sources)
      else { return nil }
      self.spec = spec
    } catch { throw Diagnostic(error, in: sources) }
  }

  /// The container wants to reach the network.
  package var wantsNetwork: Bool { spec.network }

  /// What a failed function printed counts, and its failure is told at the end.
  package var defersFailure: Bool { spec.defersFailure }

  /// The image of the container, or the path of the program.
  package var program: String { spec.image.isEmpty ? spec.path : spec.image }

  package var isContainer: Bool { !spec.image.isEmpty }

  /// Whether the options let it run. kustomize passes over what they do not (kyaml/runfn/runfn.go `ffp`).
  package func isRun(_ options: FunctionOptions) -> Bool {
    isContainer || (options.allowsPrograms && !spec.path.isEmpty)
  }

  /// The call of its program.
  ///
  /// - Parameters:
  ///   - directory: where the program starts.
  ///   - input: the list of resources.
  package func call(
    _ options: FunctionOptions, in directory: String, input: [UInt8]
  ) -> ProgramCall {
    spec.call(options, in: directory, input: input)
  }
}
