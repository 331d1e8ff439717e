import Lamina
import LaminaHost

/// What a worker keeps from one request to the next, and what it does for each.
struct WorkerRun {
  private let invocation: Invocation
  private let project: Project.Settings
  private let contents = DeclaredFiles.Contents()
  /// The files of the last request, whose parsed trees the next one takes over.
  private var last: SharedFiles?

  struct Outcome {
    let isSuccess: Bool
    /// What a person is to read.
    let output: String
  }

  init(_ invocation: Invocation) {
    self.invocation = invocation
    project = invocation.project
  }

  /// Renders directories into files, each written whole or not at all; all of them, also if some fail.
  ///
  /// - Parameters:
  ///   - words: directories and files in turn, or files with such words behind `@`.
  ///   - inputs: the only files that may be read, by their paths, with digests; nil is all.
  mutating func render(_ words: [String], inputs: [DeclaredFiles.Input]?) -> Outcome {
    let base: any FileSystem =
      inputs.map { DeclaredFiles($0, contents) } ?? DiskFileSystem()
    let pairs: [Pair]
    do {
      pairs = try Self.pairs(of: words, in: base)
      try RecordPlaces.check(apart: pairs.map(\.file))
      let declared = InputPlaces(
        (inputs ?? []).compactMap {
          (try? DiskFileSystem().resolve(Path.clean(DiskFileSystem.absolute($0.path))))?.path
        })
      for pair in pairs { try declared.check(pair.file) }
    } catch { return failure(error) }
    let files = last.map { SharedFiles(base, like: $0) } ?? SharedFiles(base)
    last = files
    let renderer = invocation.renderer(files, SharedAnswers(), project)
    var (text, failed) = ("", false)
    // Where nobody says beforehand what is read, a file may be an input of a directory that comes later.
    var (read, held) = (InputPlaces(), [(bytes: [UInt8], file: String)]())
    ParallelWork.run(count: pairs.count, jobs: invocation.jobCount) { index in
      let name = pairs[index].directory
      return Result { () throws(Diagnostic) in
        let rendering = try renderer.render(Invocation.path(of: name), displayPath: name)
        return (
          bytes: rendering.bytes, read: rendering.filesRead,
          warnings: KustomizeWarnings.of(rendering).map(StandardError.text)
        )
      }
    } receive: { index, outcome in
      do {
        let (bytes, files, warnings) = try outcome.get()
        for warning in warnings { text += warning + "\n" }
        read.insert(files)
        if inputs == nil {
          held.append((bytes, pairs[index].file))
        } else {
          try OutputFile.write(bytes[...], to: pairs[index].file)
        }
      } catch {
        text += StandardError.text(of: error) + "\n"
        failed = true
      }
    }
    do { for output in held { try read.check(output.file) } } catch { return failure(error) }
    for output in held {
      do { try OutputFile.write(output.bytes[...], to: output.file) } catch {
        text += StandardError.text(of: error) + "\n"
        failed = true
      }
    }
    return Outcome(isSuccess: !failed, output: text)
  }

  private func failure(_ error: any Error) -> Outcome {
    Outcome(isSuccess: false, output: StandardError.text(of: error) + "\n")
  }

  // MARK: - Words

  private struct Pair: Sendable {
    let directory: String
    let file: String
  }

  /// - Parameter files: where files of words are read.
  private static func pairs(of words: [String], in files: any FileSystem) throws -> [Pair] {
    var all: [String] = []
    for word in words {
      guard word.begins(with: "@") else {
        all.append(word)
        continue
      }
      let path = String(word.dropFirst())
      let bytes: [UInt8]
      do { bytes = try files.read(Path.clean(DiskFileSystem.absolute(path))) } catch {
        throw WorkerFailure(description: "\(path): error: cannot read: \(error)")
      }
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
        .map { String(decoding: $0, as: UTF8.self) }
      if let flag = lines.first(where: { $0.begins(with: "-") }) { throw WorkerFailure.flag(flag) }
      all += lines
    }
    if all.contains("") {
      throw WorkerFailure(description: "error: the name of a directory or file is empty")
    }
    guard all.count.isMultiple(of: 2) else {
      throw WorkerFailure(
        description:
          "error: directories and files must come in turn: there is no file for \"\(all[all.count - 1])\""
      )
    }
    return stride(from: 0, to: all.count, by: 2).map { Pair(directory: all[$0], file: all[$0 + 1]) }
  }
}

/// A request cannot be understood.
struct WorkerFailure: Error, CustomStringConvertible {
  let description: String

  /// A directory whose name begins so is written as `./-a`.
  static func flag(_ word: String) -> WorkerFailure {
    WorkerFailure(
      description: "error: \"\(word)\" is a flag: a worker takes flags when it starts")
  }
}
