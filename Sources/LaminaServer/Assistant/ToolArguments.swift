internal import Lamina

/// The arguments of a call, of which each has the type that the tool asks for, and each path lies in the workspace.
package struct ToolArguments: Sendable {
  private let values: [ByteText: Value]
  /// The workspace, as an absolute path without links.
  package let workspace: String
  package let allowsEdits: Bool

  private enum Value: Sendable {
    case text(String)
    case texts([String])
    case flag(Bool)
    case number(Int)
  }

  /// - Parameter resolve: the path without links; nil where there is nothing.
  init(
    _ object: JSONDocument.Value?, of tool: AssistantTool, in workspace: String, allowsEdits: Bool,
    resolve: (String) -> String?
  ) throws(ToolFailure) {
    self.workspace = workspace
    self.allowsEdits = allowsEdits
    var values: [ByteText: Value] = [:]
    for parameter in tool.parameters {
      guard let given = object?[parameter.name], !given.isNull else {
        if parameter.isRequired {
          throw ToolFailure(message: "the argument \"\(parameter.name)\" is missing")
        }
        continue
      }
      values[parameter.name] = try Self.value(given, of: parameter, workspace, resolve)
    }
    for name in object?.keys ?? [] where !tool.parameters.contains(where: { $0.name == name }) {
      throw ToolFailure(message: "there is no argument \"\(name)\"")
    }
    self.values = values
  }

  private static func value(
    _ given: JSONDocument.Value, of parameter: AssistantTool.Parameter, _ workspace: String,
    _ resolve: (String) -> String?
  ) throws(ToolFailure) -> Value {
    switch parameter.kind {
    case .text:
      if let text = given.text { return .text(try word(text, parameter.name)) }
    case .path:
      if let text = given.text { return .text(try path(text, parameter.name, workspace, resolve)) }
    case .texts:
      if let elements = given.elements {
        let texts = elements.compactMap(\.text)
        if texts.count == elements.count { return .texts(texts) }
      }
    case .flag:
      if let flag = given.bool { return .flag(flag) }
    case .number:
      if let number = given.integer ?? given.text.flatMap({ Int($0) }), number > 0 {
        return .number(number)
      }
    }
    let wanted =
      switch parameter.kind {
      case .text, .path: "a string"
      case .texts: "an array of strings"
      case .flag: "true or false"
      case .number: "a number, from 1"
      }
    throw ToolFailure(message: "the argument \"\(parameter.name)\" must be \(wanted)")
  }

  /// A word that the command does not take for a flag.
  private static func word(_ text: String, _ name: String) throws(ToolFailure) -> String {
    guard !text.isEmpty, !text.begins(with: "-"), !text.utf8.contains(0) else {
      throw ToolFailure(message: "the argument \"\(name)\" cannot be \(text.inJSON)")
    }
    return text
  }

  /// The path from the workspace, which it must not leave, by links or otherwise.
  private static func path(
    _ text: String, _ name: String, _ workspace: String, _ resolve: (String) -> String?
  ) throws(ToolFailure) -> String {
    let written = Path.isAbsolute(text) ? text : Path.join(workspace, text)
    guard !text.utf8.contains(0), let found = resolve(Path.clean(written)) else {
      throw ToolFailure(message: "\(name): there is no \(text.inJSON) in the workspace")
    }
    guard Path.isInside(found, directory: workspace) else {
      throw ToolFailure(message: "\(name): \(text.inJSON) lies outside of the workspace")
    }
    if found == workspace { return "." }
    // With `./` it is never a flag or the name of a sub-command.
    return "./" + found.dropFirst(workspace == "/" ? 1 : workspace.count + 1)
  }

  package func text(_ name: String) -> String? {
    if case .text(let text)? = values[name] { text } else { nil }
  }

  package func texts(_ name: String) -> [String] {
    if case .texts(let texts)? = values[name] { texts } else { [] }
  }

  package func flag(_ name: String) -> Bool {
    if case .flag(true)? = values[name] { true } else { false }
  }

  package func number(_ name: String) -> Int? {
    if case .number(let number)? = values[name] { number } else { nil }
  }

  /// The words of a required argument.
  package func required(_ name: String) -> [String] { text(name).map { [$0] } ?? [] }
}
