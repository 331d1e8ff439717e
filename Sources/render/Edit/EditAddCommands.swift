import Lamina
import LaminaEditing
import LaminaHost

/// `edit add …`
enum EditAddCommands {
  static var all: [WordCommand] {
    [
      WordCommand(
        "edit add resource", arguments: "PATH...",
        "Add files, directories or repositories to resources.",
        flags: [WordFlag("no-verify", nil, .isSwitch, "Add the arguments as they are.")]
          + EditedFile.flags
      ) { try loadedPaths($0, .resources, "must specify a resource file") },
      WordCommand(
        "edit add component", arguments: "PATH...", "Add directories to components.",
        flags: EditedFile.flags
      ) { try loadedPaths($0, .components, "must specify a component file") },
      WordCommand(
        "edit add base", arguments: "DIRECTORY,DIRECTORY", "Add directories to resources.",
        flags: EditedFile.flags, run: base),
      paths(
        "generator", .generators,
        "must specify a yaml file which contains a generator plugin resource"),
      paths("transformer", .transformers, "must specify a transformer file"),
      paths(
        "configuration", .configurations,
        "must specify a yaml file which contains a transformer configuration"),
      WordCommand(
        "edit add patch", "Add an entry to patches.", flags: PatchFlags.flags + EditedFile.flags,
        run: patch),
      WordCommand(
        "edit add configmap", arguments: "NAME",
        "Add a config map to configMapGenerator, or extend one.",
        flags: generatorFlags
          + [WordFlag("behavior", nil, "create, merge or replace.")] + EditedFile.flags
      ) { try generator($0, .configMaps) },
      WordCommand(
        "edit add secret", arguments: "NAME", "Add a secret to secretGenerator, or extend one.",
        flags: generatorFlags
          + [WordFlag("type", nil, "The type of a new secret (default Opaque).")]
          + EditedFile.flags
      ) { try generator($0, .secrets) },
      WordCommand(
        "edit add label", arguments: "KEY:VALUE...", "Add labels to commonLabels, or to labels.",
        flags: [
          force,
          WordFlag("without-selector", nil, .isSwitch, "Add to labels, without selectors."),
          WordFlag(
            "include-templates", nil, .isSwitch,
            "Label templates as well (requires --without-selector)."),
        ] + EditedFile.flags, run: label),
      WordCommand(
        "edit add annotation", arguments: "KEY:VALUE...", "Add annotations to commonAnnotations.",
        flags: [force] + EditedFile.flags
      ) { call in
        let arguments = try EditWords.metadata(call.words, .annotations)
        try EditedFile.edit(call) { editor, _ in
          try editor.add(arguments, in: .annotations, overwrites: call.arguments.isOn("force"))
        }
      },
      WordCommand(
        "edit add buildmetadata", arguments: "OPTION,OPTION", "Add options to buildMetadata.",
        flags: EditedFile.flags
      ) { call in
        let options = try BuildMetadataArgument.options(call.words)
        try EditedFile.edit(call) { editor, _ in try editor.addBuildMetadata(options) }
      },
    ]
  }

  private static let force = WordFlag("force", "f", .isSwitch, "Overwrite what is there.")

  private static let generatorFlags = [
    WordFlag("from-literal", nil, .texts, "A key and its value, as KEY=VALUE; repeatable."),
    WordFlag("from-file", nil, .list, "A file, as [KEY=]PATH; repeatable."),
    WordFlag("from-env-file", nil, "A file of lines KEY=VALUE."),
    WordFlag("namespace", nil, "The namespace of what is generated."),
    WordFlag("disableNameSuffixHash", nil, .isSwitch, "Put no hash behind the name."),
  ]

  private static func label(_ call: CommandCall) throws {
    if call.words.isEmpty { throw CommandFailure("must specify label") }
    let flags = call.arguments
    if flags.isOn("include-templates"), !flags.isOn("without-selector") {
      throw CommandFailure(
        "--without-selector flag must be specified for --include-templates to work")
    }
    let arguments = try EditWords.metadata(call.words, .labels)
    try EditedFile.edit(call) { editor, _ in
      if flags.isOn("without-selector") {
        try editor.addLabelsWithoutSelector(
          arguments, includesTemplates: flags.isOn("include-templates"),
          overwrites: flags.isOn("force"))
      } else {
        try editor.add(arguments, in: .labels, overwrites: flags.isOn("force"))
      }
    }
  }

  // MARK: - Paths

  private static func loadedPaths(
    _ call: CommandCall, _ field: KustomizationEditor.PathField, _ missing: String
  ) throws {
    if call.words.isEmpty { throw CommandFailure(missing) }
    try EditedFile.edit(call) { editor, file in
      let paths =
        call.arguments.isOn("no-verify")
        ? call.words : try ResourcePaths(in: file.directory).paths(call.words)
      try editor.addPaths(paths.filter { !$0.hasBytes(of: file.name) }, to: field)
    }
  }

  private static func paths(
    _ word: String, _ field: KustomizationEditor.PathField, _ missing: String
  ) -> WordCommand {
    WordCommand(
      "edit add \(word)", arguments: "PATH...", "Add files to \(field.rawValue).",
      flags: EditedFile.flags
    ) { call in
      if call.words.isEmpty { throw CommandFailure(missing) }
      try EditedFile.edit(call) { editor, file in
        var found: [String] = []
        for word in call.words {
          let paths = try FilePaths(directory: file.directory).matching(word)
          if paths.isEmpty { Notice.say("\(word) has no match") }
          found += paths
        }
        try editor.addPaths(found, to: field)
      }
    }
  }

  private static func base(_ call: CommandCall) throws {
    guard call.words.count == 1, let word = call.words.first else {
      throw CommandFailure("must specify a base directory")
    }
    try EditedFile.edit(call) { editor, file in
      for path in EditWords.list(word) {
        if !FilePaths(directory: file.directory).exists(path) {
          throw CommandFailure("\(path) does not exist")
        }
        if editor.contains(path, in: .resources) {
          throw CommandFailure("base \(path) already in kustomization file")
        }
        try editor.addPaths([path], to: .resources)
      }
    }
  }

  // MARK: - Patches and generators

  private static func patch(_ call: CommandCall) throws {
    let patch = try PatchFlags.patch(call.arguments)
    if patch.path.isEmpty, patch.patch.isEmpty {
      throw CommandFailure("must provide either patch or path")
    }
    try EditedFile.edit(call) { editor, _ in try editor.addPatch(patch) }
  }

  private static func generator(
    _ call: CommandCall, _ field: KustomizationEditor.GeneratorField
  ) throws {
    let flags = call.arguments
    // kustomize takes no wildcards of a directory that it is not in.
    let directory = flags.has("file") ? Path.directory(flags.text("file")) : flags.text("directory")
    let files = try GeneratorFiles(directory: directory == "." ? "" : directory)
      .paths(flags.texts("from-file"))
    var argument = GeneratorArgument(name: try EditWords.generatorName(call.words))
    argument.namespace = flags.text("namespace")
    argument.literals = flags.texts("from-literal")
    argument.files = files
    argument.envFile = flags.text("from-env-file")
    argument.behavior = flags.text("behavior")
    argument.type = flags.has("type") ? flags.text("type") : "Opaque"
    argument.disablesNameSuffixHash = flags.isOn("disableNameSuffixHash")
    try check(argument)
    try EditedFile.edit(call) { editor, file in
      try editor.addGenerator(argument, to: field)
      try GeneratorCheck(field, name: argument.name, namespace: argument.namespace, in: file)
        .check(editor)
    }
  }

  private static func check(_ argument: GeneratorArgument) throws(CommandFailure) {
    let words = "failed to validate flags: "
    let hasOthers = !argument.files.isEmpty || !argument.literals.isEmpty
    if argument.envFile.isEmpty, !hasOthers {
      throw CommandFailure(
        words + "at least from-env-file, or from-file or from-literal must be set")
    }
    if !argument.envFile.isEmpty, hasOthers {
      throw CommandFailure(
        words + "from-env-file cannot be combined with from-file or from-literal")
    }
    if !["", "create", "merge", "replace"].contains(argument.behavior) {
      throw CommandFailure(
        words + "invalid behavior: must be one of \"create\", \"merge\", or \"replace\"")
    }
  }
}
