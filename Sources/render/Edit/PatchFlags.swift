import LaminaEditing

/// The flags that describe an entry of `patches`.
enum PatchFlags {
  static let flags = [
    WordFlag("path", nil, "The file with the patch."),
    WordFlag("patch", nil, "The text of the patch."),
    WordFlag("group", nil, "The API group of the target."),
    WordFlag("version", nil, "The API version of the target."),
    WordFlag("kind", nil, "The kind of the target."),
    WordFlag("name", nil, "The name of the target."),
    WordFlag("namespace", nil, "The namespace of the target."),
    WordFlag("label-selector", nil, "A selector of labels."),
    WordFlag("annotation-selector", nil, "A selector of annotations."),
  ]

  static func patch(_ arguments: CommandArguments) throws(CommandFailure) -> PatchArgument {
    let patch = PatchArgument(
      path: arguments.text("path"), patch: arguments.text("patch"),
      target: [
        ("group", arguments.text("group")), ("version", arguments.text("version")),
        ("kind", arguments.text("kind")), ("name", arguments.text("name")),
        ("namespace", arguments.text("namespace")),
        ("annotationSelector", arguments.text("annotation-selector")),
        ("labelSelector", arguments.text("label-selector")),
      ])
    if !patch.path.isEmpty, !patch.patch.isEmpty {
      throw CommandFailure("patch and path can't be set at the same time")
    }
    return patch
  }
}
