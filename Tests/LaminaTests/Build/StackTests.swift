import Lamina
import LaminaHost
import Testing

/// Input that is nested deeply, on threads with little stack. Before, most of these ended the process.
@Suite struct StackTests {
  /// What a build gave: nothing, or the code and the message of what was wrong.
  private static func failure(_ input: DeepInput, depth: Int, stack: Int) -> Diagnostic? {
    let files = MemoryFileSystem(input.files(depth: depth))
    let outcome = SmallThread.run(stack: stack) {
      Result { () throws(Diagnostic) in
        let rendering = try Renderer(fileSystem: files).render("/app")
        for resource in rendering.resources { _ = resource.content.json }
      }
    }
    guard case .failure(let diagnostic)? = outcome else { return nil }
    return diagnostic
  }

  @Test(arguments: DeepInput.allCases, SmallThread.stackSizes)
  func isRefusedInTime(input: DeepInput, stack: Int) {
    for depth in [100, 600] {
      guard let failure = Self.failure(input, depth: depth, stack: stack) else { continue }
      #expect(failure.code == "too-deep", "\(input), \(depth) on \(stack) bytes: \(failure)")
    }
  }

  /// On a thread such as the command's own there is room for whatever kustomize renders.
  @Test(arguments: DeepInput.allCases)
  func isRenderedWithEnoughStack(input: DeepInput) {
    let failure = Self.failure(input, depth: 800, stack: 256 << 20)
    #expect(failure == nil, "\(input): \(failure.map { "\($0)" } ?? "")")
  }

  /// What people write, on the smallest stack there is.
  @Test func usualInputNeedsLittle() {
    #if DEBUG
      let stack = 512 << 10
    #else
      let stack = 128 << 10
    #endif
    for (input, depth) in [(DeepInput.bases, 4), (.lists, 30), (.strategicMerge, 20)] {
      let failure = Self.failure(input, depth: depth, stack: stack)
      #expect(failure == nil, "\(input): \(failure.map { "\($0)" } ?? "")")
    }
  }

  @Test func messageSaysWhereAndWhatHelps() throws {
    let failure = try #require(Self.failure(.lists, depth: 9000, stack: 128 << 10))
    #expect(failure.message == "this is nested too deeply for the stack of the thread that renders")
    #expect(failure.hint == "a library call can be made on a thread with a larger stack")
    #expect(failure.location?.file == "/app/x.yaml")
    #expect(failure.location?.line == 4)
  }
}
