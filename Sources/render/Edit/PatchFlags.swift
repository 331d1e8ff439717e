import LaminaEditing

/// The flags that describe an entry of `patches`.
enum PatchFlags {
  static let flags = [
    CommandFlag("path", nil, "The file with the patch."),
    CommandFlag("patch", nil, "The text of the patch."),
    CommandFlag("group", nil, "The API group of the target."),
    CommandFlag("version", nil, "The API version of the target."),
    CommandFlag("kind", nil, "The kind of the target."),
    CommandFlag("name", nil, "The name of the target."),
    CommandFlag("namespace", nil, "The namespace of the target."),
    CommandFlag("label-selector", nil, "A selector of labels."),
    CommandFlag("annotation-selector", nil, "A selector of annotations."),
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
