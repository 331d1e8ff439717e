import ArgumentParser
import Lamina

/// The table of flags: every flag of every command, once.
///
/// Common calls are read with it alone (`Invocation.init(common:)`), because to make the full parser costs
/// more than a small build. The parser's own declarations take names and help from it, and
/// `CommandFlagTests` holds the two together. The raw value is the long name; a flag that is no flag of
/// `build` has the names of its commands in front.
enum CommandFlag: String, CaseIterable {
  // What is rendered.
  case all = "--all"
  case exclude = "--exclude"
  case jobs = "--jobs"
  case output = "--output"
  case reorder = "--reorder"
  case managedByLabel = "--enable-managedby-label"
  case stackTrace = "--stack-trace"
  case strict = "--strict"
  case stdinAs = "--stdin-as"
  case depfile = "--depfile"
  case manifest = "--manifest"
  case prune = "--prune"
  case shard = "--shard"
  case weights = "--weights"

  // What is said on the way.
  case quiet = "--quiet"
  case verbose = "--verbose"
  case color = "--color"

  // How it is rendered.
  case loadRestrictor = "--load-restrictor"
  case loadRoot = "--load-root"
  case compatibility = "--compat"
  case offline = "--offline"
  case noCache = "--no-cache"
  case timeout = "--timeout"

  // Charts.
  case enableHelm = "--enable-helm"
  case helmCommand = "--helm-command"
  case helmAPIVersions = "--helm-api-versions"
  case helmKubeVersion = "--helm-kube-version"
  case helmDebug = "--helm-debug"

  // Functions and plugins.
  case enablePlugins = "--enable-alpha-plugins"
  case enableExec = "--enable-exec"
  case network = "--network"
  case networkName = "--network-name"
  case mount = "--mount"
  case env = "--env"
  case asCurrentUser = "--as-current-user"
  case functionTimeout = "--function-timeout"

  // Other commands.
  case diffBase = "diff --base"
  case diffFormat = "diff --format"
  case diffIgnore = "diff --ignore"
  case diffWithin = "diff --within"
  case diffAffected = "diff --affected"
  case diffTitle = "diff --title"
  case diffContext = "diff --context"
  case diffLinkBase = "diff --link-base"
  case showSecrets = "--show-secrets"
  case diffOutput = "diff --output"
  case depsFormat = "deps --format"
  case depsTarget = "deps --target"
  case affectedBase = "affected --base"
  case affectedFormat = "affected --format"
  case affectedOmitRemoved = "affected --omit-removed"
  case explainNamespace = "explain --namespace"
  case explainKind = "explain --kind"
  case explainDeep = "explain --deep"
  case explainFrom = "explain --from"
  case explainFormat = "explain --format"
  case explainOutput = "explain --output"
  case goldenCheckFormat = "golden check --format"
  case secretKey = "--secret-key"
  case diagnostics = "--diagnostics"
  case lintFailLevel = "lint --fail-level"
  case lintBaseline = "lint --baseline"
  case lintUpdate = "lint --update"
  case lintPrune = "lint --prune"
  case lintSince = "lint --since"
  case lintFix = "lint --fix"
  case lintUnsafeFixes = "lint --unsafe-fixes"
  case lintRules = "lint --rules"
  case lintExplain = "lint --explain"
  case lspStandardPipes = "lsp --stdio"
  case mcpAllowEdits = "mcp --allow-edits"
  case watchOutput = "watch --output"
  case watchExec = "watch --exec"
  case versionShort = "version --short"
  case versionOutput = "version --output"
  case workerPersistent = "worker --persistent_worker"
}

extension CommandFlag {
  /// What a flag is and does.
  struct Row {
    /// The one letter that stands for the flag.
    var short: Character?
    /// What help calls the value; nil for a switch.
    let value: String?
    /// One sentence or two for help, the first of which short help shows; nil for a flag that help does not
    /// show.
    let help: String?
    /// The value without the flag, where that is a value and the help does not say it.
    var usual: String?
  }

  /// The flag of a common call that a word stands for.
  init?(common word: String) {
    switch word {
    case "-o": self = .output
    case "-j": self = .jobs
    case "-e": self = .env
    default:
      // The names of other commands' flags have a blank in them, which a word may have, too.
      guard word.begins(with: "--") else { return nil }
      self.init(rawValue: word)
    }
  }

  var row: Row {
    switch self {
    case .all:
      Row(
        value: nil,
        help: """
          Render every root below the directories: each kustomization that no other one there \
          includes.
          """)
    case .exclude:
      Row(
        value: "glob",
        help: """
          With --all, leave out the roots with this path, such as clusters/test/**. Repeatable; \
          exclude in lamina.yaml has the same effect.
          """)
    case .quiet: Row(value: nil, help: "Print errors only: no warnings and no progress.")
    case .verbose:
      Row(
        value: nil, help: "Print what is fetched, which programs run, and how long that takes.")
    case .color:
      Row(
        value: "when",
        help: "Colours: auto (on a terminal), always or never.", usual: "auto")
    case .jobs:
      Row(
        short: "j", value: "number",
        help: "Number of roots to render in parallel (default: number of CPUs).")
    case .output:
      Row(
        short: "o", value: "path",
        help: """
          Write to this file or directory. A directory gets one file for each resource, or, of several \
          roots, one for each root.
          """)
    // kustomize hides the next two as well, and asks to use the kustomization instead.
    case .reorder: Row(value: "reorder", help: nil)
    case .managedByLabel: Row(value: nil, help: nil)
    case .stackTrace: Row(value: nil, help: nil)
    case .strict: Row(value: nil, help: "Treat warnings as errors.")
    case .depfile:
      Row(
        value: "file",
        help: "With --output, write what was read as rules of a makefile, for make and ninja.")
    case .manifest:
      Row(
        value: "file",
        help: """
          With --output, list the files written in this file, as JSON: their SHA-256, and what was read \
          for them. It is written last.
          """)
    case .prune:
      Row(
        value: nil,
        help: """
          With --manifest, remove what it lists and this call does not write, such as files of roots \
          that are gone. Files that have changed since stay.
          """)
    case .shard:
      Row(
        value: "part",
        help: """
          Only one of several equal parts of the roots, such as 2/4 for the second of four. All machines \
          that see the same files make the same parts.
          """)
    case .weights:
      Row(
        value: "file",
        help: "With --shard, the manifest that says what roots weigh; the same for all parts.")
    case .stdinAs:
      Row(
        value: "file",
        help: "Render as if the file held what comes from standard input; it need not be there.")
    case .loadRestrictor:
      Row(
        value: "restriction",
        help: """
          Which files kustomizations may read: LoadRestrictionsRootOnly (those in or below their \
          directory) or LoadRestrictionsNone.
          """, usual: "LoadRestrictionsRootOnly")
    case .loadRoot:
      Row(
        value: "dir",
        help: """
          Let kustomizations read whatever their paths name in or below this directory, wherever links \
          lead, and nothing else: for sandboxes made of links that you trust.
          """)
    case .compatibility:
      Row(
        value: "version",
        help: """
          The kustomize to equal: v5.8.1, or next for upstream's main branch (default: v5.8.1, or \
          compat in lamina.yaml).
          """)
    case .offline: Row(value: nil, help: "Use only cached remote resources, and fetch nothing.")
    case .noCache:
      Row(value: nil, help: "Fetch all remote resources again, and do not cache them.")
    case .timeout:
      Row(
        value: "seconds",
        help: "Give up a server that is silent for so long (default: 30).")
    default: rowOfPrograms
    }
  }

  private var rowOfPrograms: Row {
    switch self {
    case .enableHelm:
      Row(value: nil, help: "Let kustomizations run helm, which may download charts.")
    case .helmCommand: Row(value: "program", help: "The path or the name of helm.", usual: "helm")
    case .helmAPIVersions:
      Row(value: "version", help: "An API version that charts find in the cluster; repeatable.")
    case .helmKubeVersion:
      Row(value: "version", help: "The version of Kubernetes that charts find.")
    case .helmDebug: Row(value: nil, help: "Show what helm did when it fails.")
    case .enablePlugins: Row(value: nil, help: "Run functions in containers, plugins, and helm.")
    case .enableExec:
      Row(
        value: nil,
        help: """
          With --enable-alpha-plugins, also run functions that are programs of this machine. Not for \
          configurations that you do not trust.
          """)
    case .network: Row(value: nil, help: "Let containers reach the network if they ask for it.")
    // It has no effect, as in kustomize.
    case .networkName: Row(value: "name", help: nil)
    case .mount:
      Row(
        value: "mount",
        help:
          "What containers see of this machine, as type=bind,source=PATH,target=PATH; repeatable.")
    case .env:
      Row(
        short: "e", value: "variable",
        help: "A variable for functions, as NAME=VALUE; repeatable.")
    case .asCurrentUser:
      Row(
        value: nil,
        help: "Run containers as the user and group that run this command, not as nobody.")
    case .functionTimeout:
      Row(
        value: "seconds", help: "Stop a function or a plugin after this time; 0 lets it run.",
        usual: "600")
    default: rowOfOtherCommands
    }
  }

  private var rowOfOtherCommands: Row {
    switch self {
    case .diffBase:
      Row(
        value: "revision",
        help: "Compare with the merge base of HEAD and this branch, tag or commit.")
    case .diffWithin: Row(value: "dir", help: nil)
    case .diffFormat:
      Row(
        value: "format",
        help: "Format: text, unified, markdown, json or html.", usual: "text")
    case .diffIgnore:
      Row(
        value: "rule",
        help: """
          Leave out changes of a field (metadata.labels), a kind (Secret) or an object \
          (ConfigMap/build-*). Repeatable.
          """)
    case .diffAffected:
      Row(
        value: nil,
        help: "With --base, report only directories with changed inputs.")
    case .diffTitle: Row(value: "text", help: "The heading of the report.")
    case .diffContext:
      Row(value: "number", help: "Lines of text to show around those that differ.", usual: "3")
    case .diffLinkBase:
      Row(
        value: "url",
        help: """
          With --format html, link files at both revisions: https://github.com/org/repo/blob, or an \
          address with {commit}, {path} and {line}.
          """)
    case .showSecrets: Row(value: nil, help: "Show the values of secrets.")
    case .diffOutput: Row(short: "o", value: "path", help: "Write to this file.")
    case .depsFormat:
      Row(value: "format", help: "Format: list, json, make, mermaid or dot.", usual: "list")
    case .depsTarget:
      Row(
        value: "file",
        help: """
          With --format make, what is made of the directory; if not given, the file that render --all \
          writes for it.
          """)
    case .affectedBase:
      Row(value: "revision", help: "A branch, a tag or a commit, such as origin/main.")
    case .affectedFormat:
      Row(
        value: "format",
        help: "Format: list, or json for an array of strings on one line.", usual: "list")
    case .affectedOmitRemoved:
      Row(value: nil, help: "Leave out roots that are gone.")
    case .explainNamespace:
      Row(short: "n", value: "namespace", help: "Only objects of this namespace.")
    case .explainKind: Row(value: "kind", help: "All objects of this kind; repeatable.")
    case .explainDeep:
      Row(value: nil, help: "Whole objects, with the writer of each line at its side.")
    case .explainFrom:
      Row(
        value: "line",
        help: "Say which rendered fields a line reaches: FILE:LINE, or FILE:LINE:COLUMN.")
    case .explainFormat:
      Row(value: "format", help: "Format: text, json or html.", usual: "text")
    case .explainOutput:
      Row(
        short: "o", value: "path",
        help: "Write to this file; with --all and --format html, a directory for the pages.")
    case .goldenCheckFormat:
      Row(
        value: "format", help: "Format: text, or junit for the test reports of CI.",
        usual: "text")
    case .secretKey:
      Row(
        value: "file",
        help: "Tell secrets apart by hashes that are made with the key in this file.")
    case .diagnostics:
      Row(
        value: "format",
        help: "Format of errors and warnings: text, json, github, gitlab, sarif or junit.",
        usual: "text")
    case .lintFailLevel:
      Row(
        value: "level",
        help: "Least severity that makes the status 1: error, warning or never.",
        usual: "warning")
    case .lintBaseline:
      Row(value: "file", help: "Do not report the findings that this file lists.")
    case .lintUpdate:
      Row(value: nil, help: "With --baseline, write the findings of this run to the file.")
    case .lintPrune:
      Row(value: nil, help: "With --baseline, remove findings from the file that are gone.")
    case .lintSince:
      Row(
        value: "revision",
        help: "Report only findings that the merge base with this revision lacks.")
    case .lintFix:
      Row(
        value: nil,
        help: "Correct files where the rendering stays the same byte for byte.")
    case .lintUnsafeFixes:
      Row(
        value: nil,
        help: "Correct files also where the rendering changes, and print what changes.")
    case .lintRules: Row(value: nil, help: "List the rules and their levels.")
    case .lintExplain: Row(value: "rule", help: "Describe a rule.")
    case .lspStandardPipes: Row(value: nil, help: nil)
    case .mcpAllowEdits:
      Row(value: nil, help: "Let the assistant write changes of kustomizations.")
    case .watchOutput:
      Row(
        short: "o", value: "path",
        help: "Write each root to a file of its own in this directory; of one root, a file will do."
      )
    case .watchExec:
      Row(
        value: "command",
        help: """
          Run this with /bin/sh when output has changed. RENDER_CHANGED holds the names of the roots, one \
          a line.
          """)
    // kustomize puts braces around its short form, and has deprecated it. Who asks for it (Argo CD does)
    // takes the braces off again.
    case .versionShort: Row(value: nil, help: nil)
    case .versionOutput:
      Row(
        short: "o", value: "format",
        help: "Print it as yaml or json, with the name of this command.")
    case .workerPersistent:
      Row(
        value: nil, help: "Take requests from standard input, as Bazel makes them, until it ends.")
    default: Row(value: nil, help: nil)
    }
  }

  /// The name as it is written.
  var long: String { commandEnd.map { String(rawValue[rawValue.index(after: $0)...]) } ?? rawValue }

  /// Behind the names of commands, where the flag is one command's.
  private var commandEnd: String.Index? { rawValue.utf8.lastIndex(of: UInt8(ascii: " ")) }

  /// Where the long form of help lists it.
  var section: FlagSection {
    switch self {
    case .loadRestrictor, .loadRoot, .compatibility: .builds
    case .offline, .noCache, .timeout: .remotes
    case .enableHelm, .helmCommand, .helmAPIVersions, .helmKubeVersion, .helmDebug: .charts
    case .enablePlugins, .enableExec, .network, .networkName, .mount, .env, .asCurrentUser,
      .functionTimeout:
      .functions
    default: .own
    }
  }

  /// It is on or off, and takes no other value.
  var isSwitch: Bool { row.value == nil }

  /// The names of the commands that take the flag, `golden check` as one.
  var commands: [String] {
    if let commandEnd { return [String(rawValue[..<commandEnd])] }
    let building = [
      "affected", "build", "deps", "diff", "explain", "golden check", "golden update", "lint",
      "lsp", "watch",
    ]
    switch self {
    // All roots of the folders that the editor has open are built.
    case .all: return building.filter { $0 != "lsp" }
    case .output, .reorder, .managedByLabel, .stackTrace, .strict, .stdinAs, .depfile, .manifest,
      .prune:
      return ["build"]
    case .shard, .weights: return ["affected", "build"]
    case .diagnostics: return ["build", "diff", "golden check", "lint"]
    case .showSecrets: return ["diff", "explain", "golden check", "golden update", "lint"]
    case .secretKey: return ["golden check", "golden update"]
    case .exclude: return building
    default: return building + ["worker"]
    }
  }
}

// MARK: - The full parser

extension CommandFlag {
  /// The names, for a declaration of the full parser.
  var names: NameSpecification {
    let long = NameSpecification.Element.customLong(String(self.long.dropFirst(2)))
    // Of kustomize's flags of one letter, this one is known with its value right behind it.
    guard let short = row.short else { return [long] }
    return [.customShort(short, allowingJoined: self == .env), long]
  }

  /// The help, for a declaration of the full parser.
  var help: ArgumentHelp {
    let row = row
    return ArgumentHelp(
      row.help ?? "", valueName: row.value,
      visibility: row.help == nil ? .hidden : .default)
  }
}
