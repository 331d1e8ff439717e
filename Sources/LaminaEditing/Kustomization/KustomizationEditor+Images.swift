internal import Lamina

extension KustomizationEditor {
  /// Sets the new names, tags and digests of images. Of several arguments for one image the last counts.
  ///
  /// The list keeps its order, and entries that no argument names stay; of several entries that one names
  /// the first one stays (kustomize sorts the list and keeps one entry of each name).
  public mutating func setImages(_ arguments: [ImageArgument]) throws(EditError) {
    var last: [ImageArgument] = []
    for argument in arguments {
      if let place = last.firstIndex(where: { $0.name.hasBytes(of: argument.name) }) {
        last[place] = argument
      } else {
        last.append(argument)
      }
    }
    for argument in last { try setImage(argument) }
  }

  /// Writes one argument over the entry of its image, or appends an entry.
  private mutating func setImage(_ argument: ImageArgument) throws(EditError) {
    // What stands under the former name of the field counts behind the rest.
    let found = ["images", "imageTags"].flatMap { field in
      (value(of: field)?.items ?? []).enumerated()
        .filter { $0.element.text(of: "name").hasBytes(of: argument.name) }
        .map { (field: field, number: $0.offset, value: $0.element) }
    }
    guard let first = found.first else {
      return try append([.mapping(entries(of: argument))], to: "images")
    }
    let old = first.value
    func kept(_ value: String, _ field: String) -> String {
      value == "*" ? old.text(of: field) : value
    }
    let new = ImageArgument(
      name: argument.name, newName: kept(argument.newName, "newName"),
      newTag: kept(argument.newTag, "newTag"), digest: kept(argument.digest, "digest"))
    for (field, number, _) in found.dropFirst().reversed() {
      try removeItems([number], of: field)
    }
    try write(new, over: old, at: [name(of: first.field), .index(first.number)])
  }

  /// What an image says. A `*` that found no value to keep says nothing.
  private func entries(of image: ImageArgument) -> [YAMLValue.Entry] {
    [
      ("name", image.name), ("newName", image.newName), ("newTag", image.newTag),
      ("digest", image.digest),
    ].filter { !$0.1.isEmpty && $0.1 != "*" }.map { YAMLValue.Entry($0.0, .string($0.1)) }
  }

  /// Makes an entry say what an image says and no more: other keys go, as kustomize replaces the
  /// whole entry.
  private mutating func write(
    _ image: ImageArgument, over old: YAMLValue, at path: [PathStep]
  ) throws(EditError) {
    let wanted = entries(of: image)
    for entry in wanted {
      let key = Self.spelling(of: entry.key, in: old)
      try editor.set(entry.value, at: path + [.key(key)], order: FieldOrder.image)
    }
    let known = Set(wanted.map { $0.key.lowercased() })
    for entry in old.entries where !known.contains(entry.key.lowercased()) && !entry.value.isNull {
      try editor.remove(path + [.key(entry.key)])
    }
  }
}
