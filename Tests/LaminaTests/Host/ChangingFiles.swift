import GeneratedInputs
import Lamina
import Synchronization

/// Files that a test changes while builds share them.
final class ChangingFiles: FileSystem {
  private struct State {
    var files: [ByteText: [UInt8]] = [:]
    var links: [ByteText: String] = [:]
    /// Made of the others when it is first asked for.
    var present: MemoryFileSystem?
  }

  private let state: Mutex<State>

  init(_ texts: [String: String] = [:]) {
    state = Mutex(State())
    for (path, text) in texts { write(text, to: path) }
  }

  convenience init(_ input: GeneratedInput) {
    self.init(
      Dictionary(uniqueKeysWithValues: input.files.map { ("/\($0.path)", $0.text) }))
  }

  var paths: [String] { state.withLock { $0.files.keys.sortedTexts } }

  func write(_ bytes: [UInt8], to path: String) { change { $0.files[path] = bytes } }

  func write(_ text: String, to path: String) { write(Array(text.utf8), to: path) }

  func remove(_ path: String) {
    change { state in
      state.files[path] = nil
      state.links[path] = nil
    }
  }

  func link(_ path: String, to target: String) { change { $0.links[path] = target } }

  /// Moves a directory with all that is in it.
  func move(_ directory: String, to other: String) {
    change { state in
      for (path, bytes) in state.files where path.string.begins(with: directory + "/") {
        state.files[path] = nil
        state.files[other + path.string.dropping(start: directory)] = bytes
      }
    }
  }

  /// The files as they are now, which no longer change.
  var present: MemoryFileSystem {
    state.withLock { state in
      if let present = state.present { return present }
      var present = MemoryFileSystem()
      for (path, bytes) in state.files { present.write(bytes, to: path.string) }
      for (path, target) in state.links { present.link(path.string, to: target) }
      state.present = present
      return present
    }
  }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    try present.resolve(path)
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] { try present.read(path) }

  func names(in directory: String) -> [String] { present.names(in: directory) }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { state in
      body(&state)
      state.present = nil
    }
  }
}
