/// Small commands of kustomize's, and those that stay out.
enum SmallWords {
  static var all: [WordCommand] {
    [
      WordCommand("openapi info", "Print which OpenAPI document is built in.") { _ in
        StandardOutput.print("{title:Kubernetes,version:v1.21.2}\n")
      },
      refused("openapi fetch", "run `kubectl get --raw /openapi/v2`"),
    ] + refusedTopics
  }

  private static var refusedTopics: [WordCommand] {
    [
      "docs-fn", "docs-fn-spec", "docs-io-annotations", "docs-merge", "docs-merge3",
      "tutorials-command-basics", "tutorials-function-basics",
    ].map { refused($0, "read https://kubectl.docs.kubernetes.io/references/kustomize/") }
  }

  static func refused(_ words: String, _ advice: String) -> WordCommand {
    var command = WordCommand(words, "Is not there: \(advice).") { call in
      throw CommandFailure(
        "\(call.program) has no \"\(words)\": \(advice)", showsUsage: false)
    }
    command.isRefused = true
    return command
  }
}
