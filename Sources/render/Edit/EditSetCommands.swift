import LaminaEditing

/// `edit set …`
enum EditSetCommands {
  static var all: [WordCommand] {
    [
      WordCommand(
        "edit set image", arguments: "IMAGE...",
        "Set images and their new names, new tags or digests.", flags: EditedFile.flags, run: image
      ),
      text("namespace", "Set the namespace.", "namespace") { try $0.setNamespace($1) },
      text("nameprefix", "Set the prefix of names.", "prefix") { try $0.setNamePrefix($1) },
      text("namesuffix", "Set the suffix of names.", "suffix") { try $0.setNameSuffix($1) },
      WordCommand(
        "edit set replicas", arguments: "NAME=COUNT...", "Set numbers of replicas.",
        flags: EditedFile.flags, run: replicas),
      WordCommand(
        "edit set label", arguments: "KEY:VALUE...", "Set labels of commonLabels.",
        flags: EditedFile.flags
      ) { try metadata($0, .labels) },
      WordCommand(
        "edit set annotation", arguments: "KEY:VALUE...", "Set annotations of commonAnnotations.",
        flags: EditedFile.flags
      ) { try metadata($0, .annotations) },
      WordCommand(
        "edit set configmap", arguments: "NAME", "Change a config map of configMapGenerator.",
        flags: generatorFlags
      ) { try generator($0, .configMaps) },
      WordCommand(
        "edit set secret", arguments: "NAME", "Change a secret of secretGenerator.",
        flags: generatorFlags
      ) { try generator($0, .secrets) },
      WordCommand(
        "edit set buildmetadata", arguments: "OPTION,OPTION",
        "Replace the options of buildMetadata.",
        flags: EditedFile.flags
      ) { call in
        let options = try BuildMetadataArgument.options(call.words)
        try EditedFile.edit(call) { editor, _ in try editor.setBuildMetadata(options) }
      },
    ]
  }

  private static let generatorFlags =
    [
      WordFlag("from-literal", nil, .texts, "A key that is there, and its new value."),
      WordFlag("namespace", nil, "The namespace that it has."),
      WordFlag("new-namespace", nil, "The namespace that it gets."),
    ] + EditedFile.flags

  private static func text(
    _ word: String, _ summary: String, _ kind: String,
    set: @escaping (inout KustomizationEditor, String) throws -> Void
  ) -> WordCommand {
    WordCommand("edit set \(word)", arguments: "VALUE", summary, flags: EditedFile.flags) { call in
      guard call.words.count == 1, let value = call.words.first else {
        throw CommandFailure("must specify exactly one \(kind) value")
      }
      try EditedFile.edit(call) { editor, _ in try set(&editor, value) }
    }
  }

  private static func image(_ call: CommandCall) throws {
    if call.words.isEmpty { throw CommandFailure("no image specified") }
    let images = try call.words.map { word in
      try EditWords.read { () throws(EditError) in try ImageArgument(word) }
    }
    try EditedFile.edit(call) { editor, _ in try editor.setImages(images) }
  }

  private static func replicas(_ call: CommandCall) throws {
    if call.words.isEmpty { throw CommandFailure("no replicas specified") }
    let replicas = try call.words.map { word in
      try EditWords.read { () throws(EditError) in try ReplicaArgument(word) }
    }
    try EditedFile.edit(call) { editor, _ in try editor.setReplicas(replicas) }
  }

  private static func metadata(
    _ call: CommandCall, _ field: KustomizationEditor.MetadataField
  ) throws {
    let arguments = try EditWords.metadata(call.words, field)
    if field == .annotations { try AnnotationKey.check(arguments.map(\.key)) }
    try EditedFile.edit(call) { editor, _ in try editor.setMetadata(arguments, in: field) }
  }

  private static func generator(
    _ call: CommandCall, _ field: KustomizationEditor.GeneratorField
  ) throws {
    let name = try EditWords.generatorName(call.words)
    var argument = GeneratorArgument(name: name)
    argument.literals = call.arguments.texts("from-literal")
    argument.namespace = call.arguments.text("namespace")
    argument.newNamespace = call.arguments.text("new-namespace")
    if argument.literals.isEmpty, argument.newNamespace.isEmpty {
      throw CommandFailure(
        "failed to validate flags: at least one of [--from-literal, --new-namespace] must be specified"
      )
    }
    try EditedFile.edit(call) { editor, file in
      do throws(EditError) { try editor.setGenerator(argument, in: field) } catch {
        throw CommandFailure("failed to create \(field.kind.lowercased()): \(error.message)")
      }
      let namespace =
        argument.newNamespace.isEmpty ? argument.namespace : argument.newNamespace
      try GeneratorCheck(field, name: name, namespace: namespace, in: file).check(editor)
    }
  }
}
