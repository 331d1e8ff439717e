// watch-overlays DIRECTORY [SECONDS]
//
// Renders all overlays below a directory each time a line comes in, and prints what has changed since
// the last time, then an empty line. Someone else says when: a hook, an editor, `inotifywait`. A run
// that takes longer than the given seconds is cancelled, and the next one is compared with what was
// before it.
import Foundation
import LaminaHost

let arguments = Array(CommandLine.arguments.dropFirst())
let seconds = arguments.dropFirst().first.map { Double($0) } ?? 60
guard let directory = arguments.first, let seconds else {
  FileHandle.standardError.write(Data("usage: watch-overlays DIRECTORY [SECONDS]\n".utf8))
  exit(2)
}

var last = Snapshot()
while readLine() != nil {
  do {
    let now = try await withTimeLimit(seconds: seconds) {
      try await Snapshot.take(of: DiskFileSystem().resolve(directory).path)
    }
    let lines = now.changes(since: last) + ["\(now.overlays.count) overlays", "", ""]
    FileHandle.standardOutput.write(Data(lines.joined(separator: "\n").utf8))
    last = now
  } catch {
    let words = error is CancellationError ? "not done within \(seconds) seconds" : "\(error)"
    FileHandle.standardOutput.write(Data("\(words)\n\n".utf8))
  }
}
