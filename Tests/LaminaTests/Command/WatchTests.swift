import Foundation
import Testing

/// `render watch`: what it prints and writes while files change.
@Suite(.serialized) struct WatchTests {
  private let scratch: ScratchDirectory

  private static func map(_ name: String) -> String { ScratchDirectory.configMap(name) }

  /// Two overlays of one base.
  init() throws {
    scratch = try ScratchDirectory()
    try scratch.writeOverlays("overlays/a", "overlays/b")
  }

  private func watch(_ arguments: String..., body: (Watcher) throws -> Void) throws {
    let watcher = try Watcher(["watch"] + arguments, in: scratch.url)
    defer {
      watcher.stop()
      scratch.remove()
    }
    try body(watcher)
  }

  @Test func aChangeRendersWhatItReaches() throws {
    try watch("--all", "-o", "out") { watcher in
      try watcher.expect("2 roots rendered")
      #expect(scratch.read("out/overlays/a.yaml") == Self.map("a-x"))
      try scratch.write("base/cm.yaml", Self.map("web"))
      try watcher.expect("2 of 2 roots changed: overlays/a, overlays/b")
      #expect(scratch.read("out/overlays/b.yaml") == Self.map("b-web"))
      try scratch.write("overlays/b/kustomization.yaml", "resources: [../../base]\n")
      try watcher.expect("1 of 2 roots changed: overlays/b")
      #expect(scratch.read("out/overlays/b.yaml") == Self.map("web"))
      // It changes nothing that is rendered.
      try scratch.write("overlays/b/kustomization.yaml", "resources:\n- ../../base\n")
      try watcher.expect("0 of 2 roots changed")
    }
  }

  @Test func errorsAreSaidOnceUntilTheyAreGone() throws {
    try watch("overlays/a", "overlays/b") { watcher in
      try watcher.expect("2 roots rendered")
      try scratch.write("base/kustomization.yaml", "resources: [cm.yaml, more.yaml]\n")
      try watcher.expect(
        """
        base/kustomization.yaml:1:22: error: cannot read resource "more.yaml": no such file or directory
            1 │ resources: [cm.yaml, more.yaml]
              │                      ^
          used by overlays/a/kustomization.yaml:2:13
          in 2 roots: overlays/a, overlays/b
        0 of 2 roots changed; 2 roots fail: overlays/a, overlays/b
        """)
      // What an editor keeps for itself is passed over.
      try scratch.write("base/.cm.yaml.swp", "b0VIM")
      try scratch.write("base/cm.yaml~", Self.map("x"))
      // Another change, and the error stands.
      try scratch.write("overlays/a/kustomization.yaml", "resources: [../../base]\n")
      try watcher.expect("0 of 2 roots changed; 2 roots fail: overlays/a, overlays/b")
      try scratch.write("base/more.yaml", Self.map("more"))
      try watcher.expect(
        """
        overlays/a renders again
        overlays/b renders again
        2 of 2 roots changed: overlays/a, overlays/b
        """)
    }
  }

  @Test func rootsComeAndGo() throws {
    try watch("--all", "overlays", "-o", "out") { watcher in
      try watcher.expect("2 roots rendered")
      // Whole, since what is made piece by piece may be seen in pieces.
      try scratch.write("new/kustomization.yaml", "resources: [../../base]\n")
      _ = try scratch.shell("mv new overlays/new")
      try watcher.expect("1 of 3 roots changed: overlays/new")
      #expect(scratch.read("out/new.yaml") == Self.map("x"))
      try FileManager.default.removeItem(at: scratch.url.appending(path: "overlays/a"))
      try watcher.expect("0 of 2 roots changed")
    }
  }

  /// An editor writes a file beside the old one and renames it; git replaces whole trees.
  @Test func filesAndDirectoriesAreReplaced() throws {
    try watch("overlays/a", "-o", "a.yaml") { watcher in
      try watcher.expect("1 root rendered")
      try scratch.write("base/.cm.swp", Self.map("swapped"))
      _ = try scratch.shell("mv base/.cm.swp base/cm.yaml")
      try watcher.expect("1 of 1 root changed: overlays/a")
      #expect(scratch.read("a.yaml") == Self.map("a-swapped"))
      // What is between the two moves may be seen, or not.
      _ = try scratch.shell("cp -r base other && sed -i s/swapped/copied/ other/cm.yaml")
      _ = try scratch.shell("mv base old && mv other base")
      try watcher.expectInTheEnd("1 of 1 root changed: overlays/a")
      #expect(scratch.read("a.yaml") == Self.map("a-copied"))
      // The directory that came is watched, and the one that went is not.
      try scratch.write("old/cm.yaml", Self.map("old"))
      try scratch.write("base/cm.yaml", Self.map("later"))
      try watcher.expect("1 of 1 root changed: overlays/a")
      #expect(scratch.read("a.yaml") == Self.map("a-later"))
    }
  }

  @Test func aCommandRunsAfterAChange() throws {
    try watch("--all", "overlays", "--exec", "echo \"ran for $RENDER_CHANGED\"; exit 3") {
      watcher in
      try watcher.expect("2 roots rendered")
      try scratch.write("overlays/b/kustomization.yaml", "resources: [../../base]\n")
      try watcher.expect(
        """
        1 of 2 roots changed: overlays/b
        ran for overlays/b
        warning: the command ended with status 3
        """)
      // Nothing changes in what is rendered, and nothing runs.
      try scratch.write("overlays/b/kustomization.yaml", "resources: [../../base]\n# same\n")
      try watcher.expect("0 of 2 roots changed")
    }
  }

  @Test func whatCannotBeWatchedIsRefused() throws {
    defer { scratch.remove() }
    let remote = try scratch.render("watch", "https://example.com/org/repo//dir?ref=v1")
    #expect(
      remote.errors == "error: https://example.com/org/repo//dir?ref=v1: only directories of this "
        + "machine can be watched\n")
    #expect(remote.status == 1)
    try scratch.write("empty/x", "")
    let none = try scratch.render("watch", "--all", "empty")
    #expect(none.errors == "error: there is no kustomization below empty\n")
    #expect(none.output == "")
    #expect(none.status == 1)
  }
}

/// A running `render watch`.
private final class Watcher {
  private let process: Process
  private let pipe = Pipe()
  private var rest = ""

  init(_ arguments: [String], in directory: URL) throws {
    process = try BuiltCommand.start(
      arguments, in: directory, environment: ["PATH": "/usr/bin:/bin"],
      output: pipe.fileHandleForWriting, errors: pipe.fileHandleForWriting)
    try pipe.fileHandleForWriting.close()
  }

  /// Reads as many lines as are expected, without the time that some begin with.
  func expect(_ text: String) throws {
    var lines: [String] = []
    for _ in text.split(separator: "\n") {
      lines.append(try line().replacing(#/^[0-9]+ ms  /#, with: ""))
    }
    #expect(lines.joined(separator: "\n") == text)
  }

  /// Reads lines up to this one.
  func expectInTheEnd(_ text: String) throws {
    while try line().replacing(#/^[0-9]+ ms  /#, with: "") != text {}
  }

  /// Waits for a line, and gives up after minutes: machines may be slow.
  private func line() throws -> String {
    let file = pipe.fileHandleForReading.fileDescriptor
    while true {
      if let end = rest.firstIndex(of: "\n") {
        defer { rest = String(rest[rest.index(after: end)...]) }
        return String(rest[..<end])
      }
      var request = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, 120_000) > 0 else { throw WatcherError.silent(rest) }
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { throw WatcherError.ended(rest) }
      rest += String(decoding: data, as: UTF8.self)
    }
  }

  /// A signal ends it as it ends any command.
  func stop() {
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == SIGINT)
  }
}

private enum WatcherError: Error {
  case silent(String)
  case ended(String)
}
