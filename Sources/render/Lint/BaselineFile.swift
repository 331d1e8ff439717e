import Lamina
import LaminaHost

/// The file of a baseline.
struct BaselineFile {
  let path: String

  init(_ path: String) { self.path = path }

  func read() throws -> LintBaseline {
    guard let known = try readIfPresent() else {
      throw LintFailure(
        "\(path): error: there is no such baseline; --update makes it of what is found now")
    }
    return known
  }

  /// The baseline; nil where there is no file.
  func readIfPresent() throws -> LintBaseline? {
    let bytes: [UInt8]
    do throws(FileSystemError) {
      bytes = try DiskFileSystem().read(DiskFileSystem.absolute(path))
    } catch {
      if error == .notFound { return nil }
      throw LintFailure("\(path): error: cannot read the baseline: \(error)")
    }
    return try LintBaseline(bytes, path: path)
  }

  func write(_ baseline: LintBaseline) throws {
    do throws(FileFailure) { try WholeFile.write(baseline.bytes[...], to: path) } catch {
      throw LintFailure("\(path): error: cannot write the baseline: \(error)")
    }
  }
}

/// Lint cannot do its work, as a line of standard error says it.
struct LintFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
