import LaminaEditing
import LaminaSyntax

/// The `ResourceList` that a function reads. Objects keep their layout and their comments.
enum FunctionList {
  static func text(
    of items: [(number: Int, item: FunctionItem)], for configuration: FunctionItem
  ) throws(CommandFailure) -> [UInt8] {
    let list = try list(of: items, for: configuration)
    if (try? SyntaxTree(list)) != nil { return list }
    // Something is written in a way that cannot stand further to the right, such as JSON with tabs.
    var plain: [(number: Int, item: FunctionItem)] = []
    for var entry in items {
      entry.item.text = try ConfigObject.text(of: entry.item.value)
      plain.append(entry)
    }
    var object = configuration
    object.text = try ConfigObject.text(of: configuration.value)
    return try self.list(of: plain, for: object)
  }

  private static func list(
    of items: [(number: Int, item: FunctionItem)], for configuration: FunctionItem
  ) throws(CommandFailure) -> [UInt8] {
    var result = Array("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n".utf8)
    result += (items.isEmpty ? "items: []\n" : "items:\n").utf8
    for (index, entry) in items.enumerated() {
      let notes = FunctionNotes.entries(of: entry.item, id: index + 1, number: entry.number)
      result += ConfigOutput.indented(try noted(entry.item, notes), first: "- ")
    }
    result += Array("functionConfig:\n".utf8)
    result += ConfigOutput.indented(
      try noted(configuration, FunctionNotes.entries(of: configuration)), first: "  ")
    return result
  }

  /// The text of an object with annotations.
  static func noted(
    _ item: FunctionItem, _ notes: [YAMLValue.Entry]
  ) throws(CommandFailure) -> [UInt8] {
    var object = ConfigObject(path: item.path ?? "", number: 0, text: item.text, value: item.value)
    do throws(EditError) { try object.annotate(notes) } catch {
      throw CommandFailure("\(item.path ?? item.kind): \(error.message)", showsUsage: false)
    }
    return object.text
  }
}
