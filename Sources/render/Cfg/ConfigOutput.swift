import LaminaEditing

/// How `cfg cat` prints objects: as documents or as one list, in blocks or in braces.
struct ConfigOutput {
  private let kind: String
  private let version: String
  private let configuration: ConfigObject?
  private let isFlow: Bool
  /// The type of a document is written out.
  private let isTagged: Bool

  init(_ flags: CommandArguments) throws(CommandFailure) {
    kind = flags.text("wrap-kind")
    version = flags.text("wrap-version")
    isFlow = flags.texts("style").contains("FlowStyle")
    isTagged = flags.texts("style").contains("TaggedStyle")
    let file = flags.text("function-config")
    if file.isEmpty {
      configuration = nil
      return
    }
    let objects = try ConfigObjects.read(file)
    guard objects.count == 1, let object = objects.first else {
      throw CommandFailure(
        "expected exactly 1 functionConfig, found \(objects.count)", showsUsage: false)
    }
    configuration = object
  }

  func bytes(of objects: [ConfigObject]) throws(CommandFailure) -> [UInt8] {
    var texts: [[UInt8]] = []
    if kind.isEmpty {
      for object in objects { texts.append(tag + (try text(of: object))) }
      return Array(texts.joined(separator: Array("---\n".utf8)))
    }
    return tag + (isFlow ? try flowList(of: objects) : list(of: objects))
  }

  private var tag: [UInt8] { Array((isTagged ? isFlow ? "!!map " : "!!map\n" : "").utf8) }

  private func text(of object: ConfigObject) throws(CommandFailure) -> [UInt8] {
    isFlow ? Array((try ConfigText(object).flow + "\n").utf8) : object.text
  }

  private func flowList(of objects: [ConfigObject]) throws(CommandFailure) -> [UInt8] {
    var items: [String] = []
    for object in objects { items.append(try ConfigText(object).flow) }
    var text = "{apiVersion: \(version.isEmpty ? "''" : version), kind: \(kind)"
    text += ", items: [\(items.joined(separator: ", "))]"
    if let configuration { text += ", functionConfig: \(try ConfigText(configuration).flow)" }
    return Array("\(text)}\n".utf8)
  }

  private func list(of objects: [ConfigObject]) -> [UInt8] {
    let version = version.isEmpty ? "" : " \(version)"
    var text = Array("apiVersion:\(version)\nkind: \(kind)\n".utf8)
    text += (objects.isEmpty ? "items: []\n" : "items:\n").utf8
    for object in objects { text += Self.indented(object.text, first: "- ") }
    if let configuration {
      text += Array("functionConfig:\n".utf8) + Self.indented(configuration.text, first: "  ")
    }
    return text
  }

  /// The lines of an object as an item of a list, or as the value of a field.
  static func indented(_ text: [UInt8], first: String) -> [UInt8] {
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var result: [UInt8] = []
    for (number, line) in lines.enumerated() {
      if !line.isEmpty { result += (number == 0 ? first : "  ").utf8 }
      result += line
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }
}
