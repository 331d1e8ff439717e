import Lamina
import LaminaHost
import LaminaServer

/// The call of `edit` that an assistant asks for. No word of it may write, read or list what lies outside of the
/// workspace, fetch anything, or run a program.
struct AssistantEdit {
  private let words: [String]
  private let directory: String
  private let workspace: String
  private let applies: Bool

  init(_ arguments: ToolArguments) throws(ToolFailure) {
    words = arguments.texts("words")
    directory = arguments.text("directory") ?? "."
    workspace = arguments.workspace
    applies = arguments.flag("apply")
    guard let first = words.first, ["set", "add", "remove", "fix"].contains(first) else {
      throw ToolFailure(message: "\"words\" begin with set, add, remove or fix")
    }
    if first != "fix", words.count < 2 || words[1].begins(with: "-") {
      throw ToolFailure(
        message: "behind \"\(first)\" stands what to \(first), such as \"resource\"")
    }
    for word in words { try Self.check(word) }
    if first == "add" { try checkPaths() }
    // Its lines stand in the patch, too.
    for name in KustomizationFile.names where !liesInside(path(of: name)) {
      throw ToolFailure(message: "\(name) leads out of the workspace")
    }
    if applies { try checkWriting(isAllowed: arguments.allowsEdits) }
  }

  /// The flags stand in front, where no word of the assistant's changes what they mean.
  var command: [String] {
    var command = ["edit", "--\(EditedFile.forAssistant)", "-C", directory]
    if !applies { command.append("--dry-run") }
    if words.first == "fix" { command.append("--offline") }
    return command + words
  }

  /// Where to edit, whether to write, and what builds may do is not for the assistant to say.
  private static func check(_ word: String) throws(ToolFailure) {
    let isTaken = (EditedFile.flags + ProofFlags.flags).contains { flag in
      let name = "--\(flag.name)"
      // Letters may stand together.
      let isShort = word.begins(with: "-") && !word.begins(with: "--")
      return word == name || word.begins(with: "\(name)=")
        || isShort && flag.letter.map { word.contains($0) } == true
    }
    if isTaken || word == "--" || word.utf8.contains(0) {
      throw ToolFailure(message: "\"words\" cannot have \(word.inJSON)")
    }
    if word.contains("://") { throw fetches }
  }

  private static let fetches = ToolFailure(
    message: "\"words\" cannot have an address: nothing is fetched here")

  // MARK: - Paths

  /// Of what `add` takes, all but labels, annotations and literals may be paths and patterns.
  private func checkPaths() throws(ToolFailure) {
    let kind = words[1]
    if kind == "label" || kind == "annotation" { return }
    for place in words.indices.dropFirst(2) {
      var word = words[place][...]
      if word.begins(with: "--from-literal=") || words[place - 1] == "--from-literal" { continue }
      if word.begins(with: "-") {
        guard let cut = word.cut(at: "=") else { continue }
        word = cut.after
      }
      // As git takes them, such as `git@example.com:shop.git`.
      if ["resource", "base", "component"].contains(kind), word.cut(at: ":") != nil {
        throw Self.fetches
      }
      if let path = word.parts(at: "=").last { try checkPath(String(path)) }
    }
  }

  private func checkPath(_ path: String) throws(ToolFailure) {
    let place = Path.isAbsolute(path) ? Path.clean(path) : self.path(of: path)
    let parts = place.parts(at: "/")
    let isPattern = { (part: Substring) in part.utf8.contains { "*?[".utf8.contains($0) } }
    if parts.dropLast().contains(where: isPattern) {
      throw ToolFailure(
        message: "a pattern is the last part of a path, and not as in \(path.inJSON)")
    }
    let fixed = parts.last.map(isPattern) == true ? Path.directory(place) : place
    guard Path.isInside(place, directory: workspace), liesInside(fixed) else {
      throw ToolFailure(message: "\(path.inJSON) lies outside of the workspace")
    }
  }

  /// A path of the directory as an absolute one.
  private func path(of path: String) -> String {
    Path.clean(Path.join(Path.join(workspace, directory), path))
  }

  /// Whether a path leads into the workspace, links followed, or nowhere.
  private func liesInside(_ path: String) -> Bool {
    guard let found = try? DiskFileSystem().resolve(path).path else { return true }
    return Path.isInside(found, directory: workspace)
  }

  // MARK: - Writing

  private func checkWriting(isAllowed: Bool) throws(ToolFailure) {
    guard isAllowed else {
      throw ToolFailure(
        message: "this server writes nothing: it was started without --allow-edits. Without "
          + "\"apply\" the change is returned as a patch")
    }
    // It changes the files of bases, which may lie anywhere.
    if words.contains(where: { $0 == "--vars" || $0.begins(with: "--vars=") }) {
      throw ToolFailure(message: "\"--vars\" changes other files: it is not for \"apply\"")
    }
  }
}
