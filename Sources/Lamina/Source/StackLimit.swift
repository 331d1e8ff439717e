private import CStack

/// How deep the calls of a build may go on the stack of its thread.
///
/// Where a recursion follows the input (nested values, layers on layers), it asks the limit on each of its
/// rounds, so that no input can end the process: a thread may have 8 MiB of stack, or 128 KiB, and how
/// much one round takes depends on the compiler. `Scripts/check-stack` finds every recursion of the
/// core in the compiled code, and holds each to that.
///
/// A limit belongs to the thread that it was made on. Every way into the library makes one
/// (`Workspace.init`, `Renderer.render`); it travels with the tree.
struct StackLimit: Sendable {
  /// What stays free for calls that do not ask: whatever does not follow the input, libyaml, the words of
  /// messages, the file system and the host of the caller.
  private static let reserve: UInt = 48 << 10

  /// What is assumed to be left where the system does not say.
  private static let unknownRoom: UInt = 64 << 10

  /// The lowest address that the stack pointer may have; stacks grow downwards.
  private let lowest: UInt

  private init(lowest: UInt) { self.lowest = lowest }

  /// Lets calls go as deep as they like.
  static let none = StackLimit(lowest: 0)

  /// The limit of the thread that asks, from where it is now.
  static var ofThread: StackLimit {
    let end = UInt(stack_end())
    guard end != 0 else { return StackLimit(lowest: UInt(stack_position()) - unknownRoom) }
    return StackLimit(lowest: end + reserve)
  }

  /// Whether there is room for one more round of a recursion.
  @inline(__always)
  var hasRoom: Bool { UInt(stack_position()) >= lowest }

  /// Throws where there is no room for one more round of a recursion.
  ///
  /// - Parameter position: what is nested too deeply.
  @inline(__always)
  func check(at position: @autoclosure () -> Position) throws(Problem) {
    if !hasRoom { throw exhausted(at: position()) }
  }

  @inline(never)
  private func exhausted(at position: Position) -> Problem { .tooDeep(at: position) }
}

extension Problem {
  fileprivate static func tooDeep(at position: Position) -> Problem {
    Problem(
      .tooDeep, "this is nested too deeply for the stack of the thread that renders", at: position,
      hint: "a library call can be made on a thread with a larger stack")
  }
}
