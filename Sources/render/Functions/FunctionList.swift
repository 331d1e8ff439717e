import LaminaEditing
import LaminaSyntax

/// The `ResourceList` that a function reads. Objects keep their layout and their comments.
enum FunctionList {
  static func text(
    of items: [(number: Int, item: FunctionItem)], for configuration: FunctionItem
  ) throws(CommandFailure) -> [UInt8] {
    let list = try list(of: items, for: configuration)
    // Some readers take no tabs, which JSON is indented with, and not all that can be read can stand further
    // to the right.
    if !list.contains(UInt8(ascii: "\t")), (try? SyntaxTree(list)) != nil { return list }
    var plain: [(number: Int, item: FunctionItem)] = []
    for entry in items { plain.append((entry.number, try inBlocks(entry.item))) }
    return try self.list(of: plain, for: inBlocks(configuration))
  }

  /// An object of JSON in the layout of YAML, and one in any other as it is.
  private static func inBlocks(_ item: FunctionItem) throws(CommandFailure) -> FunctionItem {
    guard item.text.first(where: { !$0.isBlank }) == UInt8(ascii: "{") else { return item }
    var item = item
    item.text = try ConfigObject.text(of: item.value)
    return item
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

extension UInt8 {
  fileprivate var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
      || self == UInt8(ascii: "\r")
  }
}
