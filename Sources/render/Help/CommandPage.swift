internal import Lamina

/// What help, the parser and the manual pages say of a command: everything but its flags, which `CommandFlag`
/// describes.
struct CommandPage {
  /// The words that name the command, such as `golden check`; empty for `render` itself.
  let name: String
  /// What the command does, in one sentence.
  let abstract: String
  /// What stands behind the command's name in a call, one form a line.
  let usage: [String]
  /// Each argument that is no flag, with what it is.
  var arguments: [(name: String, help: String)] = []
  /// Paragraphs of the long form.
  var discussion: [String] = []
  /// Calls, each with what it is for.
  var examples: [(call: String, purpose: String)] = []
  /// What each exit status means; empty where 0 is success and 1 is failure.
  var statuses: [(status: String, meaning: String)] = []
  /// The flags that the short form shows; nil shows all of the command's own.
  var mainFlags: [CommandFlag]?

  /// The page of a command; nil for one that has none here.
  static func page(of name: String) -> CommandPage? { all.first { $0.name == name } }

  /// The page of the command that a command line begins with; nil where it begins with none.
  static func page(for words: ArraySlice<String>) -> CommandPage? {
    let named = words.prefix { !$0.begins(with: "-") }
    if named.isEmpty { return nil }
    return page(of: named.prefix(2).joined(separator: " "))
      ?? named.first.flatMap { page(of: $0) }
  }

  /// A call of the command with what follows its name.
  func call(_ rest: String) -> String {
    name.isEmpty || name == "build" ? "render \(rest)" : "render \(name) \(rest)"
  }

  static var all: [CommandPage] {
    [
      render, build, diff, affected, golden, goldenUpdate, goldenCheck, explain, lint, deps, lsp,
      mcp, schema, version, watch, worker,
    ]
  }

  /// The paragraphs as the parser takes them, for the manual pages.
  var text: String { discussion.joined(separator: "\n") }
}

extension CommandPage {
  private static let roots = (
    name: "DIR",
    help: """
    A directory with a kustomization, here or in a git repository: \
    https://github.com/org/repo//overlays/test?ref=v1. Default: the working directory.
    """
  )

  static let render = CommandPage(
    name: "",
    abstract: "Render kustomizations as `kustomize build` does, byte for byte.",
    usage: ["[DIR...] [flags]", "COMMAND ..."],
    arguments: [roots],
    discussion: [
      """
      `render DIR` is short for `render build DIR`. The output of several directories is one stream of YAML, in which \
      a comment names each directory. A directory that fails does not stop the others.
      """,
      """
      Errors go to standard error with file, line and column. A command that is called `kustomize`, or as \
      `render kustomize`, takes kustomize's own command line.
      """,
    ],
    examples: [
      ("render overlays/production", "print one overlay"),
      ("render --all overlays -o out", "a file in out for each root below overlays"),
      ("render diff --base main --all", "what this branch changes in the cluster"),
    ],
    statuses: [
      ("0", "success"),
      (
        "1", "something does not render; for `diff`, `golden check` and `lint`: something was found"
      ),
      ("2", "for commands that report findings: they could not be computed"),
      ("64", "the command line is not understood"),
    ],
    mainFlags: build.mainFlags)

  static let build = CommandPage(
    name: "build",
    abstract: "Render directories (the default command).",
    usage: ["[DIR...] [flags]"],
    arguments: [roots],
    discussion: [
      """
      Prints what `kustomize build DIR` prints, byte for byte. The output of several directories is one stream of \
      YAML, in which a comment names each directory. A directory that fails does not stop the others.
      """
    ],
    examples: [
      ("render overlays/production | kubectl apply -f -", ""),
      ("render --all overlays -o out --jobs 4", ""),
      ("render overlays/production --strict -o production.yaml", ""),
      ("render --all overlays -o out --manifest out/manifest.json --prune", ""),
    ],
    mainFlags: [
      .output, .all, .exclude, .shard, .strict, .enableHelm, .loadRestrictor, .offline,
    ])

  static let diff = CommandPage(
    name: "diff",
    abstract: "Compare two states of what directories render to.",
    usage: ["OLD NEW [flags]", "--base REVISION [DIR...] [flags]"],
    arguments: [
      (
        "OLD, NEW",
        """
        A directory with a kustomization, a file of rendered YAML, - for standard input, REVISION:PATH in a git \
        repository, or a repository's address.
        """
      ),
      (
        "DIR",
        "With --base: a directory that is compared with its past. Default: the working directory."
      ),
    ],
    discussion: [
      """
      With --base, directories are compared with their state at the merge base of the revision and HEAD. With --all, \
      both sides are trees of directories.
      """
    ],
    examples: [
      ("render diff overlays/staging overlays/production", "two overlays"),
      ("render diff main:overlays/staging overlays/staging", "a revision and the working tree"),
      ("render diff --base origin/main --all --format markdown", "a comment for a pull request"),
    ],
    statuses: [("0", "the sides are the same"), ("1", "they differ"), ("2", "an error")],
    mainFlags: [
      .diffBase, .all, .diffFormat, .diffIgnore, .diffAffected, .showSecrets, .diffOutput,
    ])

  static let deps = CommandPage(
    name: "deps",
    abstract: "Print every file that directories read.",
    usage: ["[DIR...] [flags]"],
    arguments: [roots],
    discussion: [
      """
      The files are those of a build with the same flags, by their paths from the working directory. A directory that \
      fails does not stop the others.
      """
    ],
    examples: [
      ("render deps overlays/production", "one path a line"),
      ("render deps --all --format mermaid", "a graph of the repository"),
    ],
    mainFlags: [.all, .depsFormat, .depsTarget])

  static let affected = CommandPage(
    name: "affected",
    abstract: "Print the directories whose inputs changed since a git revision.",
    usage: ["--base REVISION [DIR...] [flags]"],
    arguments: [
      (roots.name, "A directory to examine. Default: all roots below the working directory.")
    ],
    discussion: [
      """
      The inputs are all files that a build reads, and all paths that it looks for and does not find. They are \
      compared with their state at the merge base of the revision and HEAD.
      """
    ],
    examples: [
      ("render affected --base origin/main", "one directory a line"),
      ("render affected --base origin/main --format json", "for the matrix of a CI system"),
      ("render affected --base origin/main --shard 2/4", "the share of one job of four"),
    ],
    statuses: [("0", "success, whatever was found"), ("2", "an error")],
    mainFlags: [.affectedBase, .affectedFormat, .affectedOmitRemoved, .shard, .all])

  static let explain = CommandPage(
    name: "explain",
    abstract: "Say which lines of which files made a value, and what changed it on the way.",
    usage: ["DIR [OBJECT...] [FIELD...] [flags]", "--from FILE:LINE [DIR...] [flags]"],
    arguments: [
      ("DIR", "A directory with a kustomization. Default: the working directory."),
      ("OBJECT", "An object as kubectl names it: deploy/eu1-orders-api."),
      ("FIELD", "A path: spec.template.spec.containers[name=web].image."),
    ],
    discussion: [
      """
      Renders the directory and prints, for each field that more than its own file wrote, the chain of writes, oldest \
      first. With --from, the other way: the fields that a line reaches.
      """
    ],
    examples: [
      ("render explain overlays/production deploy/eu1-orders-api", "all fields of an object"),
      ("render explain overlays/production deploy/eu1-orders-worker spec.replicas", "one field"),
      ("render explain --from base/worker.yaml:8", "what a line reaches"),
    ],
    statuses: [("0", "success"), ("1", "there is nothing of that name"), ("2", "an error")],
    mainFlags: [
      .explainKind, .explainNamespace, .explainDeep, .explainFrom, .explainFormat, .explainOutput,
    ])

  static let golden = CommandPage(
    name: "golden",
    abstract: "Keep what directories render to in golden files, and check it against them.",
    usage: ["update [DIR...] [flags]", "check [DIR...] [flags]"],
    discussion: [
      """
      A golden file stands in its directory, as golden.yaml, unless lamina.yaml says otherwise. Without directories, \
      all roots of the repository are meant.
      """
    ],
    examples: [
      ("render golden update", "write the golden files"),
      ("render golden check", "fail where one is out of date"),
    ])

  static let goldenUpdate = CommandPage(
    name: "golden update",
    abstract: "Write the golden files, and remove those whose root is gone.",
    usage: ["[DIR...] [flags]"],
    arguments: [(roots.name, "A root. Default: all roots of the repository.")],
    statuses: [("0", "success"), ("2", "a root does not render, or a file cannot be written")],
    mainFlags: [.all, .showSecrets, .secretKey])

  static let goldenCheck = CommandPage(
    name: "golden check",
    abstract: "Render again, and show what differs from the golden files.",
    usage: ["[DIR...] [flags]"],
    arguments: [(roots.name, "A root. Default: all roots of the repository.")],
    statuses: [
      ("0", "every golden file is as rendered"), ("1", "some differ, are missing, or have no root"),
      ("2", "something does not render"),
    ],
    mainFlags: [.all, .goldenCheckFormat, .showSecrets, .secretKey])

  static let lint = CommandPage(
    name: "lint",
    abstract: "Look for mistakes that kustomize passes over.",
    usage: ["[DIR...] [flags]"],
    arguments: [roots],
    discussion: [
      """
      Renders the directories, prints nothing of that, and reports what the rules find, each finding once with the \
      roots that it concerns. `render lint --rules` lists the rules.
      """
    ],
    examples: [
      ("render lint --all", "every root below the working directory"),
      ("render lint --all --since origin/main", "only what a branch brought in"),
      ("render lint --all --fix", "correct what leaves the output as it is"),
    ],
    statuses: [
      ("0", "nothing was found"), ("1", "there are findings at or above --fail-level"),
      ("2", "a directory does not render"),
    ],
    mainFlags: [
      .all, .lintFix, .lintSince, .lintBaseline, .lintFailLevel, .diagnostics, .showSecrets,
      .lintRules, .lintExplain,
    ])

  static let lsp = CommandPage(
    name: "lsp",
    abstract: "Serve editors over the Language Server Protocol.",
    usage: ["[flags]"],
    discussion: [
      """
      An editor starts this and talks to it over standard input and output. It renders every root of the folders that \
      the editor has open, with the text that is typed and not saved yet, and shows errors and findings of the rules \
      where they are. Remote bases are taken from the cache of earlier builds. Docs/EDITORS.md has settings for editors.
      """
    ],
    examples: [("render lsp", "as the command of a language server in the settings of an editor")],
    statuses: [
      ("0", "the editor has shut the server down"), ("1", "the editor has gone without doing so"),
    ],
    mainFlags: [.exclude, .jobs])

  static let mcp = CommandPage(
    name: "mcp",
    abstract: "Serve assistants over the Model Context Protocol.",
    usage: ["[DIR] [flags]"],
    arguments: [
      ("DIR", "The workspace, outside of which nothing is read. Default: the working directory.")
    ],
    discussion: [
      """
      An assistant starts this and talks to it over standard input and output. It can render, compare with a revision, \
      ask where a value comes from, find who uses an object, lint, and propose edits. Nothing is fetched, no programs \
      run, and nothing is written without --allow-edits. Docs/EDITORS.md shows how it is set up.
      """
    ],
    examples: [("render mcp", "as the command of a server in the settings of an assistant")],
    mainFlags: [.mcpAllowEdits])

  static let schema = CommandPage(
    name: "schema",
    abstract: "Print the JSON Schema of kustomization files or of lamina.yaml.",
    usage: ["[kustomization|lamina.yaml]"],
    arguments: [("FILE", "The kind of file: kustomization (default) or lamina.yaml.")],
    examples: [("render schema > kustomization.schema.json", "for an editor")])

  static let version = CommandPage(
    name: "version",
    abstract: "Print which kustomize this command can stand in for.",
    usage: ["[-o yaml|json]"],
    discussion: ["The version of this command itself is what `render --version` prints."])

  static let watch = CommandPage(
    name: "watch",
    abstract: "Render again whatever a change of the files reaches.",
    usage: ["[DIR...] [flags]"],
    arguments: [roots],
    discussion: [
      """
      Renders the directories, waits until a file that they read changes, comes or goes, and renders again those that \
      it has to do with. Prints one line for each change, and each error and warning once, until it is gone. Ends with \
      Ctrl-C.
      """
    ],
    examples: [
      ("render watch overlays/production", "see errors as you save"),
      ("render watch --all -o out", "keep a file for each root up to date"),
      ("render watch overlays/dev -o dev.yaml --exec ./apply.sh", "and do something with it"),
    ],
    mainFlags: [.all, .watchOutput, .watchExec, .exclude])

  static let worker = CommandPage(
    name: "worker",
    abstract: "Render directories into files as an action of a build system.",
    usage: ["[DIR FILE...] [@FILE] [flags]", "--persistent_worker [flags]"],
    arguments: [
      ("DIR FILE", "A directory with a kustomization, and the file for what it renders to."),
      ("@FILE", "A file with such words, one a line."),
    ],
    discussion: [
      """
      With --persistent_worker the command takes requests in the JSON form of Bazel's worker protocol, and keeps what \
      it has parsed. It reads the files that a request declares, and no others.
      """
    ],
    examples: [("render worker overlays/production out.yaml --load-root .", "")],
    mainFlags: [.workerPersistent, .jobs, .loadRoot, .offline])
}
