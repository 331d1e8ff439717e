import Lamina
import LaminaHost

/// What a call is to say of its outputs, for build systems.
struct RecordFlags: Sendable {
  /// The file for rules of make.
  var depfile: String?
  /// The file for the list of outputs.
  var manifest: String?
  /// Files of the former manifest are removed that this call does not write.
  var prunes = false

  var isWanted: Bool { depfile != nil || manifest != nil }

  /// What is wrong with these flags.
  func complaint(output: String?) -> String? {
    if prunes, manifest == nil {
      return "--prune needs --manifest, which lists what may be removed"
    }
    if isWanted, output == nil {
      return
        "--\(manifest == nil ? "depfile" : "manifest") needs --output: it names what is written"
    }
    return nil
  }
}

/// Says what a call wrote and read, when all of it is written: first files of roots that are gone are removed, then
/// the rules of make are written, and last the manifest, each whole or not at all.
///
/// An object, as `StandIn` says why.
final class OutputRecords: Sendable {
  private let flags: RecordFlags
  /// The file or directory that was named; clean where it is a directory.
  private let output: String
  private let places: RecordPlaces
  /// What the manifest listed before; nil where there was none.
  private let former: OutputManifest?
  private let here = RelativePath(from: DiskFileSystem.workingDirectory)

  /// nil where nobody asks for records. Throws, before anything is written, where they could not be.
  ///
  /// - Parameter makesDirectory: the output is a directory, which is made if it is missing.
  init?(_ flags: RecordFlags, output: String?, makesDirectory: Bool) throws {
    guard flags.isWanted, let output else { return nil }
    self.flags = flags
    self.output = output
    places = try RecordPlaces(flags, output: output, makesDirectory: makesDirectory)
    former = try flags.manifest.flatMap { try OutputManifest(at: $0) }
  }

  /// Throws where files that are about to be written are in the way of the records.
  func check(_ paths: some Collection<String>) throws(OutputFailure) { try places.check(paths) }

  /// Throws where one of the records is a file that a build reads.
  func check(_ inputs: InputPlaces) throws(OutputFailure) { try places.check(inputs) }

  /// The path of a file in the output directory.
  func path(of file: String) -> String { "\(Path.clean(output))/\(file)" }

  /// What is to be remembered of a finished build.
  func record(
    of root: String, _ log: ReadLog, _ layers: LayerLog, _ files: [OutputRecord.File]
  ) -> OutputRecord {
    OutputRecord(RootDependencies(of: root, log, layers, from: here), log, files, from: here)
  }

  /// - Parameters:
  ///   - done: the roots that were written.
  ///   - failed: those that were not; what the manifest said of them stays.
  ///   - others: the names of roots that other shards write.
  ///   - claimed: paths of files that roots of any shard write.
  func write(
    _ done: [OutputRecord], failed: Set<ByteText>, others: Set<ByteText>, claimed: Set<ByteText>
  ) throws {
    let kept = former?.roots.filter { failed.contains($0.root) } ?? []
    if flags.prunes, let former {
      let present = others.union(failed)
      let taken = claimed.union((done + kept).flatMap(\.files).map { ByteText($0.path) })
      let gone = former.roots.filter { !present.contains($0.root) }.flatMap(\.files)
      try remove(gone.filter { !taken.contains($0.path) })
    }
    if let depfile = flags.depfile, failed.isEmpty {
      try OutputFile.write(Array(try Depfile.text(of: rules(for: done)).utf8)[...], to: depfile)
    }
    if let manifest = flags.manifest {
      try OutputFile.write(OutputManifest(done + kept).bytes[...], to: manifest)
    }
  }

  /// What depends on what. The manifest stands for all files where there is one: it is written each time, and the
  /// files only where they differ.
  private func rules(for done: [OutputRecord]) -> [Depfile.Rule] {
    if let manifest = flags.manifest {
      return [Depfile.Rule(targets: [manifest], files: done.flatMap(\.inputs))]
    }
    return done.map { Depfile.Rule(targets: $0.files.map(\.path), files: $0.inputs) }
  }

  /// Removes files that a former call wrote, if they are what it wrote: regular files below the output directory, no
  /// link on the way, with the same bytes.
  private func remove(_ files: [OutputRecord.File]) throws {
    guard !files.isEmpty, OutputFile.isDirectory(output) else { return }
    let directory = try OutputDirectory(output)
    let prefix = path(of: "")
    for file in files {
      guard file.path.begins(with: prefix) else {
        StandardError.warn("warning: \(file.path) is not removed: it is not below \(output)")
        continue
      }
      let outcome = try directory.remove(String(file.path.dropping(start: prefix))) {
        OutputRecord.File.digest(of: $0) == file.digest
      }
      if let outcome { StandardError.warn("warning: \(file.path) is not removed: \(outcome)") }
    }
  }
}
