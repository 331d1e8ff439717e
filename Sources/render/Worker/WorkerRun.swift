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
    do { pairs = try Self.pairs(of: words, in: base) } catch { return failure(error) }
    let files = last.map { SharedFiles(base, like: $0) } ?? SharedFiles(base)
    last = files
    let renderer = invocation.renderer(files, SharedAnswers(), project)
    var (text, failed) = ("", false)
    ParallelWork.run(count: pairs.count, jobs: invocation.jobCount) { index in
      let name = pairs[index].directory
      return Result { () throws(Diagnostic) in
        let rendering = try renderer.render(Invocation.path(of: name), displayPath: name)
        return (
          bytes: rendering.bytes, warnings: KustomizeWarnings.of(rendering).map(StandardError.text)
        )
      }
    } receive: { index, outcome in
      do {
        let (bytes, warnings) = try outcome.get()
        for warning in warnings { text += warning + "\n" }
        try OutputFile.write(bytes[...], to: pairs[index].file)
      } catch {
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
    var known: Set<ByteText> = []
    for file in stride(from: 1, to: all.count, by: 2).map({ all[$0] })
    where !known.insert(Path.clean(file)).inserted {
      throw WorkerFailure(description: "\(file): error: two directories would be written to it")
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
