import LaminaEditing

/// `edit remove …`
enum EditRemoveCommands {
  static var all: [WordCommand] {
    [
      paths("resource", .resources, "must specify a resource file"),
      paths("component", .components, "must specify a component file"),
      paths("generator", .generators, "must specify a generator file"),
      paths("transformer", .transformers, "must specify a transformer file"),
      paths("configuration", .configurations, "must specify a configuration file"),
      metadata("label", .labels),
      metadata("annotation", .annotations),
      generators("configmap", .configMaps),
      generators("secret", .secrets),
      WordCommand(
        "edit remove patch", "Remove the entries of patches that equal the flags.",
        flags: PatchFlags.flags + EditedFile.flags
      ) { call in
        let patch = try PatchFlags.patch(call.arguments)
        try EditedFile.edit(call) { editor, _ in try editor.removePatch(patch) }
      },
      WordCommand(
        "edit remove buildmetadata", arguments: "OPTION,OPTION",
        "Remove options from buildMetadata.", flags: EditedFile.flags
      ) { call in
        let options = try BuildMetadataArgument.options(call.words)
        try EditedFile.edit(call) { editor, _ in try editor.removeBuildMetadata(options) }
      },
    ]
  }

  private static func paths(
    _ word: String, _ field: KustomizationEditor.PathField, _ missing: String
  ) -> WordCommand {
    WordCommand(
      "edit remove \(word)", arguments: "PATTERN...", "Remove entries of \(field.rawValue).",
      flags: EditedFile.flags
    ) { call in
      if call.words.isEmpty { throw CommandFailure(missing) }
      let patterns = try call.words.map { word in
        guard let pattern = FilePattern(word) else {
          throw CommandFailure("syntax error in pattern")
        }
        return pattern
      }
      try EditedFile.edit(call) { editor, _ in
        try editor.removePaths(from: field) { path in patterns.contains { $0.matches(path) } }
      }
    }
  }

  private static func metadata(
    _ word: String, _ field: KustomizationEditor.MetadataField
  ) -> WordCommand {
    let ignore = WordFlag(
      "ignore-non-existence", "i", .isSwitch, "Pass over keys that are not there.")
    return WordCommand(
      "edit remove \(word)", arguments: "KEY,KEY", "Remove entries of \(field.rawValue).",
      flags: [ignore] + EditedFile.flags
    ) { call in
      // kustomize says "label" of annotations, too (removemetadata.go).
      guard let argument = call.words.first else { throw CommandFailure("must specify label") }
      if call.words.count > 1 {
        throw CommandFailure("labels must be comma-separated, with no spaces")
      }
      let keys = EditWords.list(argument)
      if keys.contains("") { throw CommandFailure("invalid label: '' (name is empty)") }
      try EditedFile.edit(call) { editor, _ in
        try editor.removeMetadata(
          keys, from: field, ignoresMissing: call.arguments.isOn("ignore-non-existence"))
      }
    }
  }

  private static func generators(
    _ word: String, _ field: KustomizationEditor.GeneratorField
  ) -> WordCommand {
    WordCommand(
      "edit remove \(word)", arguments: "NAME,NAME", "Remove entries of \(field.rawValue).",
      flags: [WordFlag("namespace", nil, "The namespace that they have.")] + EditedFile.flags
    ) { call in
      guard let names = call.words.first else {
        throw CommandFailure("at least one \(word) name must be specified")
      }
      if call.words.count > 1 {
        throw CommandFailure(
          "too many arguments: [\(call.words.joined(separator: " "))]; to provide multiple \(word)s to remove, please separate \(word) names by commas"
        )
      }
      try EditedFile.edit(call) { editor, _ in
        try editor.removeGenerators(
          EditWords.list(names), namespace: call.arguments.text("namespace"), from: field)
      }
    }
  }
}
