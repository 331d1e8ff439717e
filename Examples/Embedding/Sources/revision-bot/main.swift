// Says what a change does to the cluster, as the comment of a pull request:
//
//     revision-bot REPOSITORY OLD NEW
//
// Both revisions are read from git into memory, every root of either is rendered on both sides, and a root that reads
// the same files in both is not compared.
import Foundation
import Lamina
import LaminaDiff
import LaminaHost

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
  print("usage: revision-bot REPOSITORY OLD NEW")
  exit(2)
}

/// The files of a revision.
struct Revision {
  let files: SharedFiles
  let roots: [String]

  init(_ name: String, of repository: String) throws {
    let host = MachineHost()
    func git(_ words: String...) throws -> [UInt8] {
      let result = try host.run(
        ProgramCall(program: "git", arguments: ["-C", repository] + words, directory: "/"))
      guard result.status == .exited(0) else {
        throw HostFailure.other(String(decoding: result.errors, as: UTF8.self))
      }
      return result.output
    }
    var memory = MemoryFileSystem()
    var directories: Set<String> = []
    for path in try git("ls-tree", "-r", "-z", "--name-only", name).split(separator: 0) {
      let path = String(decoding: path, as: UTF8.self)
      memory.write(try git("cat-file", "blob", "\(name):\(path)"), to: path)
      directories.insert("/" + path.split(separator: "/").dropLast().joined(separator: "/"))
    }
    files = SharedFiles(memory)
    roots = Renderer.roots(among: directories.sorted(), in: files)
  }

  func outcome(of root: String) -> BuildOutcome {
    Renderer(files).outcome(of: root, displayPath: String(root.dropFirst()))
  }
}

extension BuildOutcome {
  var side: ManifestDiff.Side {
    switch result {
    case .success(let rendering): .rendering(rendering)
    case .failure(let diagnostic): .failure(diagnostic)
    }
  }
}

do {
  let (old, new) = (
    try Revision(arguments[2], of: arguments[1]), try Revision(arguments[3], of: arguments[1])
  )
  var pairs: [ManifestDiff.Pair] = []
  for root in Set(old.roots + new.roots).sorted() {
    let name = String(root.dropFirst())
    let isThere = (old: old.roots.contains(root), new: new.roots.contains(root))
    let outcome = new.outcome(of: root)
    if isThere.old, isThere.new, outcome.inputs.change(in: old.files) == nil { continue }
    pairs.append(
      ManifestDiff.Pair(
        name, from: isThere.old ? old.outcome(of: root).side : .absent,
        to: isThere.new ? outcome.side : .absent))
  }
  var options = ManifestDiff.Options()
  options.title = "What this change does"
  options.ignored = [try IgnoreRule("metadata.annotations[\"example.com/built-at\"]")]
  let diff = try ManifestDiff(pairs, options: options)
  print(String(decoding: diff.bytes(as: .markdown), as: UTF8.self))
  // What a bot may decide by.
  for danger in diff.dangers { print("danger: \(danger.object): \(danger.consequence.message)") }
  for image in diff.images { print("image: \(image.old) -> \(image.new)") }
  for object in diff.roots.flatMap(\.objects) {
    for field in object.fields {
      print("field: \(object.id): \(FieldStep.text(of: field.path))")
    }
  }
  exit(diff.outcome == .failed ? 1 : 0)
} catch {
  print(error)
  exit(2)
}
