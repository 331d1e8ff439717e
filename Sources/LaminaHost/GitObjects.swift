import Lamina
private import Synchronization

/// Reads objects of a git repository, through one program that stays as long as it is asked.
///
/// Files come as a checkout would write them: line ends are converted, and filters such as that of
/// git-crypt are run. The size that git prints before an object is that before the filters, so the end
/// is found by asking for something that cannot be there.
///
/// Several threads may ask; one question is answered at a time.
final class GitObjects: Sendable {
  /// The objects that are asked for, in git's words.
  enum Kind: String {
    case blob, tree
  }

  private let git: GitProgram
  private let call: ProgramCall
  private let program = Mutex<ProgramRun?>(nil)
  /// A name that no object has. git answers it with `… missing`, which cannot be in a file by
  /// chance: the numbers are random.
  private let mark: String

  init(_ git: GitProgram) {
    self.git = git
    call = git.call(["cat-file", "--batch", "--filters"])
    mark = "lamina-\(UInt64.random(in: 0...(.max)))-\(UInt64.random(in: 0...(.max)))"
  }

  /// The bytes of an object.
  ///
  /// - Parameters:
  ///   - name: the object's id, or what git understands as such.
  ///   - path: where a blob lies below the top, which says what filters it has.
  func read(
    _ name: String, _ kind: Kind, at path: String
  ) throws(FileSystemError) -> [UInt8] {
    let path = path.utf8.contains(UInt8(ascii: "\n")) || path.isEmpty ? "-" : path
    let end = " missing\n"
    let answer: [UInt8]
    do {
      answer = try ask(Array("\(name) \(path)\n\(mark)\n".utf8), until: Array("\(mark)\(end)".utf8))
    } catch { throw .other("git cat-file: \(error)") }
    let body = answer.dropLast(mark.utf8.count + end.utf8.count)
    guard let line = body.firstIndex(of: UInt8(ascii: "\n")) else {
      throw .other("git cat-file printed what it never prints")
    }
    let header = String(decoding: body[..<line], as: UTF8.self).parts(at: " ")
    guard header.count == 3, header[1] == kind.rawValue else {
      throw .other("git has no \(kind.rawValue) \(name)")
    }
    // git puts a line feed behind the object.
    return Array(body[(line + 1)...].dropLast())
  }

  /// Asks the program, which is started for the first question, and again after one that failed.
  private func ask(_ question: [UInt8], until end: [UInt8]) throws(HostFailure) -> [UInt8] {
    let interruption = Interruption()
    defer { interruption.end() }
    return try program.withLock { program throws(HostFailure) in
      if program == nil {
        let path = try ProgramSearch.path(of: call)
        program = try ProgramRun(call, program: path, keepsListening: true)
      }
      do throws(HostFailure) {
        guard let answer = try program?.ask(question, until: end, call, interruption) else {
          throw .other("it did not start")
        }
        return answer
      } catch {
        // What it has still to say belongs to this question.
        program = nil
        throw error
      }
    }
  }
}
