import Lamina
import LaminaHost

/// The files that a call names for its output and for what is said of it. No two of them may be one, and none may lie in
/// another: the second would fail, or write over the first, when the first is written.
struct RecordPlaces {
  /// The depfile and the manifest.
  private var records: [Named] = []

  private struct Named {
    let flag: String
    /// As it was named.
    let path: String
    let place: FinalPlace
    /// It is one, or will be.
    let isDirectory: Bool
  }

  /// Finds out before anything is written.
  ///
  /// - Parameter makesDirectory: the output is a directory, which is made if it is missing.
  init(_ flags: RecordFlags, output: String, makesDirectory: Bool) throws(OutputFailure) {
    var all = [try Self.named("--output", output, makesDirectory: makesDirectory)]
    if let depfile = flags.depfile { all.append(try Self.named("--depfile", depfile)) }
    if let manifest = flags.manifest { all.append(try Self.named("--manifest", manifest)) }
    for file in all where file.place.isKept {
      for other in all where other.flag != file.flag && other.place.isKept {
        try Self.check(file, beside: other)
      }
    }
    let directory = makesDirectory ? all[0].place.path : nil
    for file in all where !file.isDirectory && file.place.isKept {
      // What is below the output may be made with it.
      if let directory, Path.isInside(file.place.path, directory: directory) { continue }
      if let failure = Self.failure(of: file) { throw failure }
    }
    records = all.dropFirst().filter(\.place.isKept)
  }

  private static func named(
    _ flag: String, _ path: String, makesDirectory: Bool = false
  ) throws(OutputFailure) -> Named {
    if path.isEmpty { throw OutputFailure(path: flag, reason: "its name is empty") }
    do {
      let place = try FinalPlace(of: DiskFileSystem.absolute(path))
      return Named(
        flag: flag, path: path, place: place, isDirectory: makesDirectory || place.isDirectory)
    } catch { throw OutputFailure(path: path, reason: error.description) }
  }

  /// Why a file cannot be written; nil where its directory is there.
  private static func failure(of file: Named) -> OutputFailure? {
    if let failure = OutputFile.withoutDirectory(file.path) { return failure }
    if OutputFile.withoutDirectory(file.place.path) == nil { return nil }
    return OutputFailure(
      path: file.path, reason: "its link leads into a directory that is not there")
  }

  private static func check(_ file: Named, beside other: Named) throws(OutputFailure) {
    let isOne = file.place.path.hasBytes(of: other.place.path)
    if file.isDirectory {
      if file.place.isRegular {
        throw OutputFailure(path: file.path, reason: "it is not a directory")
      }
      if isOne {
        throw OutputFailure(path: other.path, reason: "it is the directory of \(file.flag)")
      }
      return
    }
    if other.isDirectory { return }
    if isOne {
      throw OutputFailure(path: file.path, reason: "it is the file of \(other.flag) as well")
    }
    guard Path.isInside(file.place.path, directory: other.place.path) else { return }
    // Only the output may be a directory as well.
    let kind =
      other.flag == "--output" && !other.place.isRegular
      ? "no directory: make it one with `mkdir -p \(other.path)`" : "a file"
    throw OutputFailure(
      path: file.path, reason: "it lies in \(other.path) of \(other.flag), which is \(kind)")
  }

  /// Throws where one of these is a file that a build reads.
  func check(_ inputs: InputPlaces) throws(OutputFailure) {
    for record in records { try inputs.check(record.path) }
  }

  /// Throws where two of the files that a call is to write are one, or one lies in another.
  static func check(apart paths: [String]) throws(OutputFailure) {
    var known: [ByteText: String] = [:]
    for path in paths {
      let place = try named("", path).place.path
      if known.updateValue(path, forKey: ByteText(place)) != nil {
        throw OutputFailure(path: path, reason: "two directories would be written to it")
      }
    }
    for (place, path) in known.sorted(by: { $0.key < $1.key }) {
      var directory = Path.directory(place.string)
      while directory != "/", directory != "." {
        if let other = known[ByteText(directory)] {
          throw OutputFailure(path: path, reason: "it lies in \(other), which is written as well")
        }
        directory = Path.directory(directory)
      }
    }
  }

  /// Throws where files that are about to be written are in the way of these, or do not make the directories that these
  /// need below the output.
  func check(_ paths: some Collection<String>) throws(OutputFailure) {
    var written: [String] = []
    for path in paths {
      guard let place = try? FinalPlace(of: DiskFileSystem.absolute(path)).path else { continue }
      written.append(place)
      for record in records where Path.isInside(record.place.path, directory: place) {
        let isOne = record.place.path.hasBytes(of: place)
        throw OutputFailure(
          path: path,
          reason: isOne
            ? "it is the file of \(record.flag) as well" : "the file of \(record.flag) lies in it")
      }
    }
    for record in records {
      let directory = Path.directory(record.place.path)
      if !written.contains(where: { Path.isInside($0, directory: directory) }),
        let failure = Self.failure(of: record)
      {
        throw failure
      }
    }
  }
}
