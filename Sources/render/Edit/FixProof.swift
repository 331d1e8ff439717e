import Lamina
import LaminaDiff
import LaminaEditing
import LaminaHost

/// What the builds of a proof may do; `kustomize edit fix` has none of these flags, and passes none.
enum ProofFlags {
  static let flags = [
    WordFlag("enable-helm", nil, .isSwitch, "Let the builds that are compared run helm."),
    WordFlag(
      "load-restrictor", nil, "LoadRestrictionsNone lets them read files anywhere."),
    WordFlag(
      "offline", nil, .isSwitch, "Let them use only cached remote resources, and fetch nothing."),
  ]
}

/// Renders a kustomization as it is and as it would be, and compares.
struct FixProof {
  private let file: EditedFile
  private let directory: String
  private var options = RenderOptions.ofCommand

  init(_ file: EditedFile, _ arguments: CommandArguments) throws(CommandFailure) {
    self.file = file
    let path = EditedFile.absolute(file.path)
    guard let place = try? DiskFileSystem().resolve(path).path else {
      throw CommandFailure("\(file.path): no such file", showsUsage: false)
    }
    directory = Path.directory(place)
    options.hidesSecrets = file.isForAssistant
    options.helm.isEnabled = arguments.isOn("enable-helm")
    options.isOffline = arguments.isOn("offline")
    if arguments.has("load-restrictor") {
      let word = arguments.text("load-restrictor")
      guard let restriction = LoadRestriction(rawValue: word) else {
        throw CommandFailure("illegal flag value --load-restrictor \(word)")
      }
      options.loadRestriction = restriction
    }
  }

  /// Throws where the result would change, or cannot be seen.
  ///
  /// - Parameter variables: the names of `vars` that become replacements.
  func check(
    _ text: [UInt8], _ changed: [KustomizationEditor.ChangedFile], variables: [String]
  ) throws(CommandFailure) {
    var files = MemoryFileSystem()
    for (path, bytes) in [(file.path, text)] + changed.map({ (file.local($0.path), $0.new) }) {
      guard let place = try? DiskFileSystem().resolve(EditedFile.absolute(path)).path else {
        continue
      }
      files.write(bytes, to: place)
    }
    let old = side("now", DiskFileSystem())
    let new = side("fixed", OverlayFileSystem(files, over: DiskFileSystem()))
    switch (old.content, new.content) {
    case (.failed(let failure), .failed(let other))
    where failure.code == other.code && Self.reasonsOutside.contains(failure.code):
      // What is missing is no fault of the kustomization, and kustomize's `fix` minds nothing at all.
      Notice.say("the fix could not be proved: \(failure.message)")
      return
    case (.failed(let failure), .failed):
      throw failed("this kustomization cannot be rendered, so the fix cannot be proved", failure)
    case (.rendered, .failed(let failure)):
      throw failed("the fixed kustomization cannot be rendered", failure)
    case (.rendered(let old), .rendered(let new)) where old.bytes == new.bytes: return
    case (.rendered(let old), .rendered(let new)) where !variables.isEmpty:
      var resolved = ResolvedVariables(names: variables)
      guard resolved.explain(old.bytes, new.bytes) else { break }
      Notice.say("some $(VARIABLES) that were left as they are now get their values")
      return
    case (.failed, .rendered): return
    default: break
    }
    throw changes(from: old, to: new)
  }

  private func side(_ label: String, _ files: some FileSystem) -> Comparison.Side {
    let host = MachineHost(cacheDirectory: MachineHost.usualCacheDirectory)
    let renderer = Renderer(fileSystem: files, host: host, options: options)
    do throws(Diagnostic) {
      let shown = file.directory.isEmpty ? "." : file.directory
      let rendering = try renderer.render(directory, displayPath: shown)
      return Comparison.Side(label: label, content: .rendered(rendering))
    } catch { return Comparison.Side(label: label, content: .failed(error)) }
  }

  private func failed(_ message: String, _ failure: Diagnostic) -> CommandFailure {
    CommandFailure(
      message,
      details: failure.description.parts(at: "\n").map { String($0) } + [Self.advice],
      showsUsage: false)
  }

  private func changes(from old: Comparison.Side, to new: Comparison.Side) -> CommandFailure {
    let difference = Comparison.diff(file.path, from: old, to: new)
    let report = DiffReport(roots: [difference], comparedCount: 1)
    let text = String(decoding: TextReport.bytes(of: report), as: UTF8.self)
    return CommandFailure(
      "the fixed kustomization would render something else",
      details: text.parts(at: "\n", omittingEmptySubsequences: false).map { String($0) }
        + [Self.advice], showsUsage: false)
  }

  /// Codes of builds that need helm, programs or the network.
  private static let reasonsOutside = ["not-allowed", "not-fetched", "program-failed"]

  private static let advice = "Nothing was written. Use --force to write it all the same."
}
