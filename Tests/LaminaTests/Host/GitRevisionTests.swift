import Foundation
import Lamina
import LaminaHost
import Synchronization
import Testing

/// The files of a working tree as they were at a commit.
@Suite final class GitRevisionTests {
  private let fixture: RemoteFixture
  private let top: String

  /// A repository with one commit.
  init() throws {
    fixture = try RemoteFixture()
    try fixture.makeRepository(
      "r", ["base/cm.yaml": "old\n", "base/gone.yaml": "gone\n", ".gitignore": "*.env\n"])
    top = fixture.repositories.appending(path: "r").path
  }

  deinit { fixture.remove() }

  private func write(_ text: String, to path: String) throws {
    let file = URL(filePath: top).appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: "\(top)/\(path)")
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(top)/\(path)", withDestinationPath: target)
  }

  private func git(_ arguments: String...) throws -> String {
    try fixture.git(["-C", top] + arguments)
  }

  private func commitAll() throws { try fixture.commit([:], to: "r") }

  private func files(at revision: String = "HEAD") throws -> GitRevisionFiles {
    let repository = try GitRepository(containing: top)
    return repository.files(at: try repository.commit(revision))
  }

  private func text(_ path: String, in files: some FileSystem) throws -> String {
    let found = try files.resolve("\(top)/\(path)")
    return String(decoding: try files.read(found.path), as: UTF8.self)
  }

  @Test func filesAreThoseOfTheCommit() throws {
    try write("new\n", to: "base/cm.yaml")
    try write("added\n", to: "base/added.yaml")
    try remove("base/gone.yaml")
    let before = try git("status", "--porcelain")
    let files = try files()
    #expect(try text("base/cm.yaml", in: files) == "old\n")
    #expect(try text("base/gone.yaml", in: files) == "gone\n")
    #expect(throws: FileSystemError.notFound) { try files.resolve("\(self.top)/base/added.yaml") }
    #expect(throws: FileSystemError.notFound) { try files.read("\(self.top)/base/added.yaml") }
    #expect(
      try files.resolve("\(top)/base/") == ResolvedPath(path: "\(top)/base", isDirectory: true))
    #expect(try files.resolve("\(top)/.") == ResolvedPath(path: top, isDirectory: true))
    #expect(throws: FileSystemError.isADirectory) { try files.read("\(self.top)/base") }
    #expect(throws: FileSystemError.notADirectory) {
      try files.resolve("\(self.top)/base/cm.yaml/x")
    }
    let after = try git("status", "--porcelain")
    #expect(after == before)
  }

  @Test func whatIsUnchangedIsReadOnce() throws {
    try write("new\n", to: "base/cm.yaml")
    let repository = try GitRepository(containing: "\(top)/base")
    let now = CountingFiles()
    let files = repository.files(at: try repository.commit("HEAD"), over: now)
    #expect(try text("base/cm.yaml", in: files) == "old\n")
    #expect(try text("base/gone.yaml", in: files) == "gone\n")
    #expect(now.paths == ["\(top)/base/gone.yaml"])
  }

  @Test func linksAreFollowedInTheCommit() throws {
    try link("base/link.yaml", to: "../base/cm.yaml")
    try link("other", to: "base")
    try link("circle", to: "circle")
    try link("out", to: fixture.directory.path)
    try commitAll()
    try remove("base/link.yaml")
    try remove("other")
    try write("new\n", to: "base/cm.yaml")
    let files = try files()
    #expect(try text("base/link.yaml", in: files) == "old\n")
    #expect(try text("other/link.yaml", in: files) == "old\n")
    #expect(try files.resolve("\(top)/other").path == "\(top)/base")
    #expect(throws: FileSystemError.tooManyLinks) { try files.resolve("\(self.top)/circle") }
    #expect(try text("out/repositories/r/base/cm.yaml", in: files) == "old\n")
    try fixture.write("outside\n", to: "x")
    #expect(try text("out/work/x", in: files) == "outside\n")
  }

  @Test func aLinkOutsideLeadsIntoTheCommit() throws {
    try write("new\n", to: "base/cm.yaml")
    let outside = fixture.directory.appending(path: "link").path
    try FileManager.default.createSymbolicLink(atPath: outside, withDestinationPath: "\(top)/base")
    let files = try files()
    let found = try files.resolve("\(outside)/cm.yaml")
    #expect(found == ResolvedPath(path: "\(top)/base/cm.yaml", isDirectory: false))
    #expect(try files.read(found.path) == Array("old\n".utf8))
  }

  /// What git ignores has no history: it counts as unchanged.
  @Test func ignoredFilesAreThoseOfTheDisk() throws {
    try write("A=1\n", to: "base/local.env")
    try write("deep\n", to: "charts.env/x/values.yaml")
    let files = try files()
    #expect(try text("base/local.env", in: files) == "A=1\n")
    #expect(try text("charts.env/x/values.yaml", in: files) == "deep\n")
    #expect(throws: FileSystemError.notFound) { try files.resolve("\(self.top)/base/none.env") }
  }

  @Test func filtersOfACheckoutAreRun() throws {
    try write("*.yaml text eol=crlf\n", to: ".gitattributes")
    try commitAll()
    try write("new\r\n", to: "base/cm.yaml")
    #expect(try text("base/cm.yaml", in: try files()) == "old\r\n")
  }

  @Test func largeAndEmptyFilesAreWhole() throws {
    let large = String(repeating: "0123456789abcde\n", count: 100_000) + "end missing\n"
    try write(large, to: "large")
    try write("", to: "empty")
    try commitAll()
    try remove("large")
    try remove("empty")
    let files = try files()
    #expect(try text("large", in: files) == large)
    #expect(try text("empty", in: files) == "")
  }

  @Test func oddNamesAreFound() throws {
    let names = ["with space", "käse\u{301}", "quote\"s", "new\nline", "-dash"]
    for name in names { try write("\(name)\n", to: "odd/\(name)") }
    try commitAll()
    for name in names { try remove("odd/\(name)") }
    let files = try files()
    for name in names { #expect(try text("odd/\(name)", in: files) == "\(name)\n") }
  }

  @Test func submodulesAreReadAtTheirCommit() throws {
    try fixture.makeRepository("part", ["cm.yaml": "old part\n"])
    _ = try git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
      fixture.repositories.appending(path: "part").path, "part")
    try commitAll()
    try write("new part\n", to: "part/cm.yaml")
    #expect(try text("part/cm.yaml", in: try files()) == "old part\n")
    _ = try git("submodule", "--quiet", "deinit", "--force", "part")
    let files = try files()
    #expect(
      throws: FileSystemError.other("it is in the submodule part, which is not checked out")
    ) { try files.resolve("\(self.top)/part/cm.yaml") }
  }

  // MARK: - What git is told not to look at

  /// The bytes on the disk decide, whatever git was told to believe.
  @Test(arguments: ["--assume-unchanged", "--skip-worktree"])
  func filesThatGitDoesNotLookAtMayHaveChanged(flag: String) throws {
    _ = try git("update-index", flag, "base/cm.yaml", "base/gone.yaml")
    #expect(try files().changedFiles(below: top) == [])
    try write("new\n", to: "base/cm.yaml")
    try remove("base/gone.yaml")
    let files = try files()
    #expect(!files.isUnchanged)
    #expect(try text("base/cm.yaml", in: files) == "old\n")
    #expect(try text("base/gone.yaml", in: files) == "gone\n")
    #expect(files.mayHaveChangedFiles(named: ["cm.yaml"]))
    #expect(
      try self.files().changedFiles(below: top) == ["\(top)/base/cm.yaml", "\(top)/base/gone.yaml"])
  }

  /// What a sparse checkout leaves out is not removed, and what was put in its place counts.
  @Test func aSparseCheckoutIsUnchangedWhereItHasNothing() throws {
    _ = try git("sparse-checkout", "set", "--no-cone", "/.gitignore")
    #expect(try files().isUnchanged)
    #expect(try files().changedFiles(below: top) == [])
    try write("new\n", to: "base/cm.yaml")
    #expect(try !files().isUnchanged)
    #expect(try files().changedFiles(below: top) == ["\(top)/base/cm.yaml"])
  }

  /// With these settings git passes over a file that was written in place, with its time put back, and over
  /// one that took its place.
  @Test(arguments: [["core.trustctime", "false"], ["core.checkStat", "minimal"]])
  func settingsOfGitDoNotHideAChange(setting: [String]) throws {
    _ = try git("config", setting[0], setting[1])
    let file = "\(top)/base/cm.yaml"
    let past = Date(timeIntervalSince1970: 1_700_000_000)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file)
    _ = try git("update-index", "--refresh")
    #expect(try files().isUnchanged)
    if setting[0] == "core.trustctime" {
      try Data("new\n".utf8).write(to: URL(filePath: file), options: [])
      try setChangeTimeInIndex(of: "base/cm.yaml")
    } else {
      try write("new\n", to: "../new")
      try remove("base/cm.yaml")
      try FileManager.default.moveItem(
        at: fixture.repositories.appending(path: "new"), to: URL(filePath: file))
    }
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file)
    #expect(try git("diff", "--name-only") == "")
    let files = try files()
    #expect(!files.isUnchanged)
    #expect(try text("base/cm.yaml", in: files) == "old\n")
  }

  /// Has git remember that the inode of a file last changed in 1970, since nobody can set that time, and seconds are
  /// compared. An entry of the index begins with it, 62 bytes in front of the file's name.
  private func setChangeTimeInIndex(of name: String) throws {
    let file = URL(filePath: "\(top)/.git/index")
    var bytes = try Data(contentsOf: file)
    let range = try #require(bytes.range(of: Data(name.utf8)))
    bytes.replaceSubrange(range.lowerBound - 62..<range.lowerBound - 58, with: [0, 0, 0, 1])
    try bytes.write(to: file)
  }

  /// A monitor of the file system that reports no change hides none.
  @Test func aMonitorDoesNotHideAChange() throws {
    try write("#!/bin/sh\nprintf 'token\\0'\n", to: "../monitor")
    let monitor = fixture.repositories.appending(path: "monitor").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: monitor)
    _ = try git("config", "core.fsmonitor", monitor)
    _ = try git("config", "core.untrackedCache", "true")
    _ = try git("update-index", "--fsmonitor")
    _ = try git("status", "--porcelain")
    #expect(try files().isUnchanged)
    try write("new\n", to: "base/cm.yaml")
    #expect(try git("diff", "--name-only") == "")
    #expect(try !files().isUnchanged)
    #expect(try text("base/cm.yaml", in: try files()) == "old\n")
    try write("old\n", to: "base/cm.yaml")
    try write("more\n", to: "base/more.yaml")
    #expect(try !files().isUnchanged)
  }

  // MARK: - Submodules

  /// A submodule `part`, which has one of its own, `part/deep`.
  private func addSubmodules() throws {
    try fixture.makeRepository("deep", ["cm.yaml": "deep\n"])
    try fixture.makeRepository("part", ["cm.yaml": "old part\n"])
    for (outer, inner) in [("part", "deep"), ("r", "part")] {
      _ = try fixture.git(
        "-C", fixture.repositories.appending(path: outer).path, "-c", "protocol.file.allow=always",
        "submodule", "--quiet", "add", fixture.repositories.appending(path: inner).path, inner)
      try fixture.commit([:], to: outer)
    }
    _ = try git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init", "--recursive")
  }

  /// What a submodule's own settings hide from git, for each of them and for the one within it.
  @Test(arguments: ["part", "part/deep"])
  func settingsOfSubmodulesDoNotHideAChange(place: String) throws {
    try addSubmodules()
    let modules = place == "part" ? "" : "part"
    for ignored in ["dirty", "all"] {
      let name = URL(filePath: place).lastPathComponent
      _ = try git("-C", "\(top)/\(modules)", "config", "submodule.\(name).ignore", ignored)
      _ = try git("config", "diff.ignoreSubmodules", ignored)
      _ = try git("-C", "\(top)/\(place)", "config", "status.showUntrackedFiles", "no")
      #expect(try files().isUnchanged)
      try write("more\n", to: "\(place)/more.yaml")
      #expect(try !files().isUnchanged)
      try remove("\(place)/more.yaml")
      try write("new\n", to: "\(place)/cm.yaml")
      #expect(try !files().isUnchanged)
      _ = try git("-C", "\(top)/\(place)", "update-index", "--assume-unchanged", "cm.yaml")
      #expect(try !files().isUnchanged)
      #expect(try text("\(place)/cm.yaml", in: try files()) != "new\n")
      _ = try git("-C", "\(top)/\(place)", "update-index", "--no-assume-unchanged", "cm.yaml")
      _ = try git("-C", "\(top)/\(place)", "checkout", "--quiet", "cm.yaml")
      #expect(try files().isUnchanged)
      _ = try git("-C", "\(top)/\(place)", "commit", "--quiet", "--allow-empty", "-m", "x")
      #expect(try !files().isUnchanged)
      _ = try git("-C", "\(top)/\(place)", "checkout", "--quiet", "HEAD~1")
    }
  }

  /// Files where a submodule is not checked out are those of nobody.
  @Test func filesInThePlaceOfASubmoduleCount() throws {
    try addSubmodules()
    _ = try git("submodule", "--quiet", "deinit", "--force", "part")
    #expect(try files().isUnchanged)
    try write("mine\n", to: "part/cm.yaml")
    #expect(try !files().isUnchanged)
  }

  @Test func worktreesAndSparseCheckoutsAreWhole() throws {
    let tree = fixture.directory.appending(path: "tree").path
    _ = try git("worktree", "add", "--quiet", "--detach", tree)
    _ = try fixture.git("-C", tree, "sparse-checkout", "set", "--no-cone", "/.gitignore")
    #expect(!FileManager.default.fileExists(atPath: "\(tree)/base"))
    let repository = try GitRepository(containing: "\(tree)/base/cm.yaml")
    #expect(repository.top == tree)
    let files = repository.files(at: try repository.commit("HEAD"))
    #expect(try files.read("\(tree)/base/cm.yaml") == Array("old\n".utf8))
  }

  @Test func manyThreadsReadAtOnce() throws {
    for number in 0..<50 { try write("text \(number)\n", to: "many/\(number)") }
    try commitAll()
    for number in 0..<50 { try remove("many/\(number)") }
    let (files, top) = (try files(), top)
    ParallelWork.run(count: 200, jobs: 8) { index in
      (try? files.read("\(top)/many/\(index % 50)")) ?? []
    } receive: { index, bytes in
      #expect(bytes == Array("text \(index % 50)\n".utf8))
    }
  }

  /// For builds that run programs, which read the disk.
  @Test func aCommitCanBeCheckedOutBesideTheWorkingTree() throws {
    try write("new\n", to: "base/cm.yaml")
    let before = try git("status", "--porcelain")
    let repository = try GitRepository(containing: top)
    let checkout = try repository.checkOut(try repository.commit("HEAD"))
    let path = try #require(checkout.path(of: "\(top)/base/../base/cm.yaml"))
    #expect(path == "\(checkout.top)/base/cm.yaml")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old\n")
    #expect(checkout.path(of: top) == checkout.top)
    #expect(checkout.path(of: fixture.directory.path) == nil)
    checkout.remove()
    #expect(!FileManager.default.fileExists(atPath: checkout.top))
    let after = try git("status", "--porcelain")
    #expect(after == before)
    let failure = #expect(throws: GitFailure.self) { try repository.checkOut("none") }
    #expect(failure?.description.hasPrefix("error: git read-tree: fatal: ") == true)
  }

  // MARK: - Revisions

  @Test func theMergeBaseIsWhereHistoriesPart() throws {
    let base = try git("rev-parse", "HEAD")
    _ = try git("checkout", "--quiet", "-b", "topic")
    try write("topic\n", to: "topic")
    try commitAll()
    _ = try git("checkout", "--quiet", "main")
    try write("main\n", to: "main")
    try commitAll()
    _ = try git("tag", "--annotate", "--message", "x", "told")
    _ = try git("checkout", "--quiet", "topic")
    let repository = try GitRepository(containing: top)
    #expect(try repository.mergeBase(with: "main") == base)
    #expect(try repository.mergeBase(with: "told") == base)
    #expect(try repository.mergeBase(with: "HEAD") == repository.commit("topic"))
  }

  @Test func whatIsNoRevisionIsSaid() throws {
    let repository = try GitRepository(containing: top)
    expect("error: there is no revision \"none\" in \(top)") {
      _ = try repository.mergeBase(with: "none")
    }
    expect("error: \"--all\" is not the name of a revision") {
      _ = try repository.commit("--all")
    }
    _ = try git("update-ref", "refs/remotes/origin/release", "HEAD")
    expect("error: there is no revision \"release\" in \(top)\n  there is \"origin/release\"") {
      _ = try repository.mergeBase(with: "release")
    }
    _ = try git("checkout", "--quiet", "--orphan", "alone")
    try write("alone\n", to: "alone")
    try commitAll()
    expect("error: \"main\" and what is checked out have no commit in common") {
      _ = try repository.mergeBase(with: "main")
    }
  }

  @Test func aShallowCloneMayHaveTooLittle() throws {
    try write("two\n", to: "two")
    try commitAll()
    let clone = fixture.directory.appending(path: "clone").path
    try fixture.git("clone", "--quiet", "--depth=1", "file://\(top)", clone)
    let repository = try GitRepository(containing: clone)
    expect(
      """
      error: there is no revision "HEAD~1" in \(clone)
        this clone is shallow: fetch more, as with `git fetch --unshallow`
      """
    ) { _ = try repository.mergeBase(with: "HEAD~1") }
  }

  @Test func whereThereIsNoRepositoryOrNoCommitIsSaid() throws {
    let outside = fixture.directory.appending(path: "work").path
    expect("error: \(outside) is not in a git repository") {
      _ = try GitRepository(containing: "\(outside)/none/at/all")
    }
    let bare = fixture.directory.appending(path: "bare").path
    try fixture.git("init", "--quiet", "--bare", bare)
    expect("error: the repository of \(bare) has no working tree") {
      _ = try GitRepository(containing: bare)
    }
    let empty = fixture.directory.appending(path: "empty").path
    try fixture.git("init", "--quiet", empty)
    expect("error: \(empty): the repository has no commit yet") {
      _ = try GitRepository(containing: empty).mergeBase(with: "main")
    }
  }

  private func expect(_ message: String, _ body: () throws -> Void) {
    let failure = #expect(throws: GitFailure.self) { try body() }
    #expect(failure?.description == message)
  }
}

/// The disk, with a note of what was read.
private final class CountingFiles: FileSystem {
  private let log = Mutex<[String]>([])

  var paths: [String] { log.withLock { $0 } }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    try DiskFileSystem().resolve(path)
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    log.withLock { $0.append(path) }
    return try DiskFileSystem().read(path)
  }
}
