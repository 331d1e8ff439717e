package import Lamina

/// Something that an assistant can have done, mostly by a call of this command with words made from named arguments.
package struct AssistantTool: Sendable {
  let name: String
  let title: String
  /// For the model, which chooses by it.
  let description: String
  let parameters: [Parameter]
  /// It may write files.
  let writes: Bool
  /// The exit statuses that are answers, and no mistakes.
  let statuses: Set<Int32>
  let action: Action

  package enum Action: Sendable {
    /// A call of this command, whose words are made here.
    case command(@Sendable (ToolArguments) throws(ToolFailure) -> [String])
    /// Something read from what the argument "directory" renders to.
    case rendering(@Sendable (Rendering, ToolArguments) throws(ToolFailure) -> String)
  }

  package struct Parameter: Sendable {
    package enum Kind: Sendable {
      case text
      /// The path of a file or directory of the workspace.
      case path
      case texts
      case flag
      /// A number from 1, as a number of JSON or in a string.
      case number
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    let description: String

    package init(name: String, kind: Kind, isRequired: Bool = false, description: String) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
      self.description = description
    }
  }

  package init(
    name: String, title: String, description: String, parameters: [Parameter], writes: Bool = false,
    statuses: Set<Int32> = [0], action: Action
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.parameters = parameters
    self.writes = writes
    self.statuses = statuses
    self.action = action
  }
}
