internal import Lamina
internal import LaminaHost

/// What options say of builds, for every call that makes some.
struct BuildOptions: Sendable {
  /// How far a build may go for what is not among its files.
  enum Remotes: String, CaseIterable, Sendable {
    /// Not at all.
    case none
    /// What an earlier build has fetched may be read.
    case cache
    /// It is fetched.
    case fetch
  }

  private(set) var options = RenderOptions()
  private let remotes: Remotes
  private let cacheDirectory: String?
  /// Seconds that a server may say nothing; nil is as long as the host thinks fit.
  private let timeout: Double?
  /// What a `lamina.yaml` says whose text is among the options.
  let settings: ProjectFile

  /// - Throws: `InvalidCall`, or a `Diagnostic` where the settings are wrong.
  init(_ reader: inout OptionReader) throws {
    remotes = try reader.choice("remotes") ?? .none
    cacheDirectory = try reader.text("cacheDirectory")
    timeout = try reader.number("timeout")
    settings =
      try reader.text("settings").map {
        try ProjectFile(Array($0.utf8), path: ProjectFile.name)
      } ?? ProjectFile()
    options.loadRestriction = try reader.choice("loadRestrictor") ?? .rootOnly
    options.loadRoot = try reader.text("loadRoot")
    options.compatibility = try reader.choice("compat") ?? settings.compatibility ?? .stable
    options.reordering = try reader.choice("reorder")
    options.addsManagedByLabel = try reader.flag("managedByLabel")
    options.isOffline = remotes != .fetch
    try reader.object("limits") { (limits) throws(InvalidCall) in
      options.limits.seconds = try limits.number("seconds")
      options.limits.inputBytes = try limits.count("inputBytes")
      options.limits.nodes = try limits.count("nodes")
      options.limits.depth = try limits.count("depth")
      options.limits.resources = try limits.count("resources")
    }
    try reader.object("helm") { (helm) throws(InvalidCall) in
      options.helm.isEnabled = try helm.flag("enabled")
      options.helm.command = try helm.text("command") ?? options.helm.command
      options.helm.kubeVersion = try helm.text("kubeVersion") ?? ""
      options.helm.apiVersions = try helm.texts("apiVersions")
      options.helm.debug = try helm.flag("debug")
      options.helm.timeLimit = try helm.number("timeout") ?? options.helm.timeLimit
    }
    try reader.object("functions") { (functions) throws(InvalidCall) in
      options.functions.isEnabled = try functions.flag("enabled")
      options.functions.allowsPrograms = try functions.flag("programs")
      options.functions.allowsNetwork = try functions.flag("network")
      options.functions.mounts = try functions.texts("mounts")
      options.functions.environment = try functions.texts("environment")
      options.functions.containerUser =
        try functions.text("user") ?? options.functions.containerUser
      options.functions.pluginDirectory = try functions.text("pluginDirectory")
      options.functions.timeLimit =
        try functions.number("timeout") ?? options.functions.timeLimit
      options.functions.outputLimit =
        try functions.count("outputLimit") ?? options.functions.outputLimit
    }
  }

  /// What every build begins with: a constant, made once in a process.
  private static let defaults = BuildDefaults()

  /// What does for a build what files cannot; nil where it may do nothing of the kind.
  private var host: MachineHost? {
    if remotes == .none, !options.helm.isEnabled, !options.functions.isEnabled { return nil }
    var limits = FetchLimits()
    if let timeout { limits.giveUp(after: timeout) }
    let cache = remotes == .none ? nil : cacheDirectory ?? MachineHost.usualCacheDirectory
    return MachineHost(cacheDirectory: cache, limits: limits)
  }

  /// - Parameters:
  ///   - traces: the build keeps what happened to each value, for `explain`.
  ///   - hidesSecrets: messages show no values of Secrets.
  func renderer(
    of root: Request.Root, traces: Bool = false, hidesSecrets: Bool = false
  ) -> Renderer {
    var options = options
    options.recordsChanges = traces
    options.hidesSecrets = hidesSecrets
    return Renderer(fileSystem: root.files, host: host, options: options)
      .beginning(with: Self.defaults).cancelled(by: root.cancellation)
  }

  /// A renderer for several roots, which share what they read.
  func renderer(
    sharing files: SharedFiles, hidesSecrets: Bool, cancelledBy token: CancellationToken?
  ) -> Renderer {
    var options = options
    options.hidesSecrets = hidesSecrets
    return Renderer(files, host: host, options: options, answers: SharedAnswers())
      .cancelled(by: token)
  }
}
