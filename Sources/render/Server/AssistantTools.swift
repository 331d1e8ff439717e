import Lamina
import LaminaDiff
import LaminaServer

/// The tools, each with the words of its command. Builds run no programs and fetch nothing.
extension AssistantTool {
  static let all = [
    render, diff, explain, explainLine, findUsers, lint, filesRead, describeRule, proposeEdit,
  ]

  private static func directory(isRequired: Bool = true) -> Parameter {
    Parameter(
      name: "directory", kind: .path, isRequired: isRequired,
      description: isRequired
        ? "The directory with the kustomization, such as overlays/production."
        : "The directory with the kustomization; every root below the workspace if it is left out.")
  }

  /// The directory that was named, or all roots.
  private static func roots(_ arguments: ToolArguments) -> [String] {
    arguments.text("directory").map { [$0] } ?? ["--all", "."]
  }

  private static let render = AssistantTool(
    name: "render", title: "Render a directory",
    description: """
      Renders a directory with a kustomization, as `kustomize build` does, and returns the YAML. Values of \
      Secrets are masked. Errors name the file, the line and what to write instead.
      """,
    parameters: [directory()],
    action: .rendering { rendering, _ throws(ToolFailure) in
      do throws(Diagnostic) {
        return String(decoding: try MaskedRendering(rendering, .masked).bytes, as: UTF8.self)
      } catch { throw ToolFailure(message: error.report) }
    })

  private static let diff = AssistantTool(
    name: "diff", title: "What a change does",
    description: """
      Compares what directories render to now with what they rendered to at a revision of git, or two directories. \
      Reports changed fields with the files they come from, dangers such as lost data, and images. Secrets are masked.
      """,
    parameters: [
      Parameter(
        name: "base", kind: .text,
        description: "A revision, such as main or HEAD: compares with its merge base with HEAD."),
      directory(isRequired: false),
      Parameter(
        name: "other", kind: .path,
        description: "Instead of a revision: the directory that \"directory\" is compared with."),
    ], statuses: [0, 1],
    action: .command { arguments throws(ToolFailure) in
      let format = ["diff", "--offline", "--format", "markdown"]
      if let base = arguments.text("base") {
        if arguments.text("other") != nil {
          throw ToolFailure(message: "\"base\" and \"other\" exclude each other")
        }
        // What is a directory now may have been a link that leads out.
        return format + ["--within", arguments.workspace, "--base", base] + roots(arguments)
      }
      guard let other = arguments.text("other"), let directory = arguments.text("directory") else {
        throw ToolFailure(message: "either \"base\" is needed, or \"directory\" and \"other\"")
      }
      return format + [other, directory]
    })

  private static let explain = AssistantTool(
    name: "explain", title: "Where a value comes from",
    description: """
      Says which files and lines made the fields of a rendered object, and what changed them on the way: bases, \
      patches, images, replacements, prefixes, hashes. Secrets are masked.
      """,
    parameters: [
      directory(),
      Parameter(
        name: "object", kind: .text, isRequired: true,
        description: "As kubectl names it, such as deploy/web, with its rendered name."),
      Parameter(
        name: "field", kind: .text,
        description:
          "A path, such as spec.template.spec.containers[name=web].image; all fields if left out."),
      Parameter(name: "namespace", kind: .text, description: "Only objects of this namespace."),
    ],
    action: .command { arguments in
      ["explain", "--offline"]
        + (arguments.text("namespace").map { ["--namespace", $0] } ?? [])
        + arguments.required("directory") + arguments.required("object")
        + arguments.required("field")
    })

  private static let explainLine = AssistantTool(
    name: "explain_line", title: "What a line reaches",
    description:
      "Says which rendered fields of which roots of the workspace a line of a file reaches.",
    parameters: [
      Parameter(
        name: "file", kind: .path, isRequired: true, description: "A file of the workspace."),
      Parameter(
        name: "line", kind: .number, isRequired: true, description: "Its number, from 1."),
    ], statuses: [0, 1],
    action: .command { arguments in
      guard let file = arguments.text("file"), let line = arguments.number("line") else {
        return []
      }
      return ["explain", "--offline", "--from", "\(file):\(line)", "--all", "."]
    })

  private static let findUsers = AssistantTool(
    name: "find_users", title: "Who uses an object",
    description: """
      Finds the fields of other rendered objects that name an object, such as the volumes and variables of the \
      Deployments that use a ConfigMap.
      """,
    parameters: [
      directory(),
      Parameter(
        name: "object", kind: .text, isRequired: true,
        description:
          "As kubectl names it, such as configmap/settings-5m7f2ch2bm, with its rendered name."),
    ],
    action: .rendering { rendering, arguments throws(ToolFailure) in
      try ObjectUsers.text(of: arguments.text("object") ?? "", in: rendering)
    })

  private static let lint = AssistantTool(
    name: "lint", title: "Look for mistakes",
    description: """
      Looks for mistakes that kustomize passes over, such as patches that match nothing, and for objects that \
      Kubernetes refuses. JSON: each finding has its rule, file, line, words and corrections.
      """,
    parameters: [directory(isRequired: false)], statuses: [0, 1],
    action: .command { ["lint", "--offline", "--diagnostics", "json"] + roots($0) })

  private static let filesRead = AssistantTool(
    name: "files_read", title: "Which files are read",
    description: "Prints the files that a directory reads, or all roots of the workspace, as JSON.",
    parameters: [directory(isRequired: false)],
    action: .command { ["deps", "--offline", "--format", "json"] + roots($0) })

  private static let describeRule = AssistantTool(
    name: "describe_rule", title: "Describe a rule",
    description: "Describes a rule of lint: what is wrong, an example, and how to silence it.",
    parameters: [
      Parameter(
        name: "rule", kind: .text, isRequired: true,
        description: "The id that findings have, such as patch-no-match.")
    ],
    action: .command { arguments throws(ToolFailure) in
      let rule = arguments.text("rule") ?? ""
      guard RuleText.rule(rule) != nil else {
        throw ToolFailure(message: RuleText.unknown(rule, advice: "findings of lint name theirs"))
      }
      return ["lint", "--explain", rule]
    })

  private static let proposeEdit = AssistantTool(
    name: "edit", title: "Edit a kustomization",
    description: """
      Changes a kustomization as `kustomize edit` does, and keeps its comments and layout. Returns the change as a \
      patch, in which values of Secrets are masked, and writes it if "apply" is true and the server was started with \
      --allow-edits.
      """,
    parameters: [
      directory(),
      Parameter(
        name: "words", kind: .texts, isRequired: true,
        description: """
          What `kustomize edit` takes, such as ["set", "image", "nginx=nginx:1.28"], \
          ["add", "resource", "worker.yaml"], ["set", "namespace", "shop"] or ["fix"].
          """),
      Parameter(
        name: "apply", kind: .flag, description: "Write the change. False if it is left out."),
    ], writes: true,
    action: .command { arguments throws(ToolFailure) in
      try AssistantEdit(arguments).command
    })
}
