import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Where a program lies.
enum ProgramSearch {
  /// A name without a slash is looked up in `PATH`; a path is taken from the directory of the call.
  ///
  /// Parts of `PATH` that are no absolute paths are passed over: what lies in the directory at hand
  /// is not an installed program.
  ///
  /// The `PATH` of the call counts before that of this process, as it does for the program itself.
  static func path(of call: ProgramCall) throws(HostFailure) -> String {
    let name = call.program
    if name.utf8.contains(UInt8(ascii: "/")) {
      let path = name.begins(with: "/") ? name : "\(call.directory)/\(name)"
      guard access(path, F_OK) == 0 else { throw .programNotFound(name) }
      return path
    }
    let own = getenv("PATH").map { String(cString: $0) }
    let directories = call.environment["PATH"] ?? own ?? ""
    for directory in directories.parts(at: ":") where directory.begins(with: "/") {
      let path = "\(directory)/\(name)"
      if isProgram(path) { return path }
    }
    throw .programNotFound(name)
  }

  /// A file that this user may run.
  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }
}
