/// What a caller could have said so that a build goes on: messages name it in the words of those who call.
///
/// A library call has `RenderOptions`, the command has flags.
package enum CallOption: Sendable, Equatable {
  /// Files outside of the root may be read.
  case anyFile
  /// The main branch's kustomize is equalled.
  case compatibilityNext
  /// Functions and plugins may be used.
  case functions
  /// Helm may be run.
  case helm
  /// Helm has a name or path.
  case helmCommand
  /// Helm is another program than that of this name.
  case helmElsewhere(String)
  /// Functions may reach the network.
  case network
  /// What is needed may be fetched.
  case online
  /// Functions may be programs of this machine.
  case programs
  /// The names of rules are told.
  case ruleNames

  package typealias Words = @Sendable (CallOption) -> String

  /// The words stand at the end of the message, behind `must specify`, and not in the hint.
  var endsMessage: Bool { self == .helm || self == .helmCommand }

  /// What a program is told that calls the library.
  static func libraryWords(_ option: CallOption) -> String {
    switch option {
    case .anyFile: "RenderOptions.loadRestriction = .none allows it"
    case .compatibilityNext:
      "RenderOptions.compatibility = .next renders what the main branch does"
    case .functions:
      "RenderOptions.functions.isEnabled allows functions and plugins; built-in kinds have apiVersion: builtin"
    case .helm: "RenderOptions.helm.isEnabled"
    case .helmCommand: "RenderOptions.helm.command"
    case .helmElsewhere(let program):
      "is '\(program)' installed? RenderOptions.helm.command names another program"
    case .network: "RenderOptions.functions.allowsNetwork allows it"
    case .online: "build it once with RenderOptions.isOffline = false"
    case .programs:
      "RenderOptions.functions.allowsPrograms allows functions that are programs of this machine"
    case .ruleNames: "Docs/LINT.md lists all of them"
    }
  }
}
