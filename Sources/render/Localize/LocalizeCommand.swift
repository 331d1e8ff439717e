import Lamina
import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `localize`: copies what a target reads, and fetches what is remote.
enum LocalizeCommand {
  static var command: WordCommand {
    WordCommand(
      "localize", arguments: "[TARGET [DESTINATION]]",
      "Copy a target to a new directory, with its remote files and directories.",
      flags: [
        WordFlag("scope", nil, "The directory that the target may read from."),
        WordFlag("no-verify", nil, .isSwitch, "Do not render and compare."),
      ], run: run)
  }

  private static func run(_ call: CommandCall) throws {
    if call.words.count > 2 {
      throw CommandFailure("accepts at most 2 arg(s), received \(call.words.count)")
    }
    let target = call.words.first ?? "."
    let host = MachineHost(cacheDirectory: MachineHost.usualCacheDirectory)
    let origin = try LocalizeOrigin(target, scope: call.arguments.text("scope"), host)
    defer { origin.release() }
    let name = call.words.dropFirst().first ?? origin.defaultDestination
    let destination = try create(name)
    let copy: String
    do {
      var localizer = Localizer(origin, destination: destination, host)
      copy = try localizer.run()
    } catch {
      LocalizedFiles.remove(destination)
      throw error
    }
    if !call.arguments.isOn("no-verify") { try verify(target, copy, shown: name, host) }
    Notice.say("SUCCESS: localized \"\(target)\" to directory \(destination)")
  }

  /// Makes the destination, which must be new, in a directory that is there.
  ///
  /// The directory is made here, so that what is removed after a failure is the command's own. A link of the
  /// name counts as something that exists, wherever it leads.
  private static func create(_ name: String) throws(CommandFailure) -> String {
    let path = EditedFile.absolute(name)
    let files = DiskFileSystem()
    let parent = Path.directory(Path.clean(path))
    guard let above = try? files.resolve(parent), above.isDirectory else {
      throw CommandFailure(
        "unable to create localize destination directory: \(parent) is not there",
        showsUsage: false)
    }
    let destination = Path.join(above.path, Path.lastPart(path))
    if mkdir(destination, 0o777) == 0 { return destination }
    if errno == EEXIST {
      throw CommandFailure("localize destination \"\(name)\" already exists", showsUsage: false)
    }
    throw CommandFailure(
      "unable to create localize destination directory: \(destination): \(String(cString: strerror(errno)))",
      showsUsage: false)
  }

  private static func verify(
    _ target: String, _ copy: String, shown: String, _ host: MachineHost
  ) throws(CommandFailure) {
    let renderer = Renderer(fileSystem: DiskFileSystem(), host: host)
    let old: Rendering
    let new: Rendering
    do throws(Diagnostic) {
      old = try renderer.render(Invocation.path(of: target), displayPath: target)
      new = try renderer.render(copy)
    } catch {
      throw CommandFailure(
        error.message,
        details: error.description.parts(at: "\n").map { String($0) } + [
          "The copy is in \(copy). If the target needs flags, render both with them and compare; or use --no-verify."
        ], showsUsage: false)
    }
    guard old.bytes == new.bytes else {
      throw CommandFailure(
        "VERIFICATION FAILED: `kustomize build` for \(target) and \(shown) are different after localization.",
        showsUsage: false)
    }
    Notice.say(
      "VERIFICATION SUCCESS: `kustomize build` for \(target) and \(shown) are the same after localization."
    )
  }
}

/// Where a target's files are read.
struct LocalizeOrigin {
  let files: any FileSystem
  /// The target's directory, canonical.
  let directory: String
  /// Nothing outside of this directory is copied.
  let scope: String
  let defaultDestination: String
  let release: () -> Void

  init(_ target: String, scope: String, _ host: MachineHost) throws(CommandFailure) {
    if let address = try? RepositoryAddress(target),
      (try? DiskFileSystem().resolve(EditedFile.absolute(target))) == nil
    {
      if !scope.isEmpty {
        throw CommandFailure(
          "scope \"\(scope)\" specified for remote localize target \"\(target)\"",
          showsUsage: false)
      }
      try self.init(address, host)
    } else {
      try self.init(local: target, scope: scope)
    }
  }

  private init(local target: String, scope: String) throws(CommandFailure) {
    let disk = DiskFileSystem()
    guard let found = try? disk.resolve(EditedFile.absolute(target)), found.isDirectory else {
      throw CommandFailure(
        "unable to localize target \"\(target)\": not a directory", showsUsage: false)
    }
    files = disk
    directory = found.path
    if scope.isEmpty {
      self.scope = directory
    } else {
      guard let place = try? disk.resolve(EditedFile.absolute(scope)), place.isDirectory else {
        throw CommandFailure(
          "unable to establish localize scope: \"\(scope)\" is not a directory", showsUsage: false)
      }
      guard Path.isInside(directory, directory: place.path) else {
        throw CommandFailure(
          "localize scope \"\(scope)\" does not contain target \"\(target)\" at \"\(directory)\"",
          showsUsage: false)
      }
      self.scope = place.path
    }
    defaultDestination = directory == "/" ? "localized" : "localized-\(Path.lastPart(directory))"
    release = {}
  }

  /// A directory of a repository, which needs a ref.
  init(_ address: RepositoryAddress, _ host: MachineHost) throws(CommandFailure) {
    if address.ref.isEmpty {
      throw CommandFailure(
        "localize remote root \"\(address.text)\" missing ref query string parameter",
        showsUsage: false)
    }
    let checkout: Checkout
    do { checkout = try host.checkOut(address, isOffline: false, mayChange: false) } catch {
      throw CommandFailure("cannot fetch \"\(address.text)\": \(error)", showsUsage: false)
    }
    let path = Path.join(checkout.directory, address.path)
    guard let found = try? checkout.fileSystem.resolve(path), found.isDirectory,
      Path.isInside(found.path, directory: checkout.directory)
    else {
      checkout.release()
      throw CommandFailure(
        "\"\(address.text)\": the repository has no such directory", showsUsage: false)
    }
    files = checkout.fileSystem
    directory = found.path
    scope = checkout.directory
    let isTop = found.path.hasBytes(of: checkout.directory)
    let name = Path.lastPart(isTop ? Self.repositoryPath(address) : found.path)
    defaultDestination =
      "localized-\(name)-\(String(address.ref.map { $0 == "/" ? "-" : $0 }))"
    release = checkout.release
  }

  /// The path of a repository on its server, without `.git`.
  static func repositoryPath(_ address: RepositoryAddress) -> String {
    var path = address.repository[...]
    if let scheme = path.firstRange(of: "://") {
      path = path[scheme.upperBound...]
      path = path.cut(at: "/")?.after ?? ""
    } else if let cut = path.cut(at: ":") {
      path = cut.after
    }
    if path.ends(with: ".git") { path = path.dropLast(4) }
    return Path.clean("/" + path)
  }

  /// The host of a repository or URL, without user and port.
  static func hostName(_ url: String) -> String {
    if url.begins(with: "file:") { return "file-schemed" }
    var text = url[...]
    if let scheme = text.firstRange(of: "://") {
      text = text[scheme.upperBound...]
    } else if let cut = text.cut(at: ":") {
      text = cut.before
    }
    if let cut = text.cut(at: "/") { text = cut.before }
    if let cut = text.cut(atLast: "@") { text = cut.after }
    return String(text.cut(at: ":")?.before ?? text)
  }
}
