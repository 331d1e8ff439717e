/// The commands that do without the parser, by their first words, as help and the parser name them.
struct WordGroup {
  let word: String
  let abstract: String
  var examples: [String] = []

  static let all = [
    WordGroup(
      word: "edit", abstract: "Change a kustomization, and nothing but the bytes that it is about.",
      examples: [
        "render edit set image nginx=nginx:1.28 -C overlays/staging",
        "render edit add resource worker.yaml -C base",
        "render edit fix --dry-run -C overlays/staging",
      ]),
    WordGroup(word: "create", abstract: "Write a new kustomization."),
    WordGroup(word: "init", abstract: "Write a new kustomization."),
    WordGroup(
      word: "localize",
      abstract: "Copy a directory with everything that it reads, including remote files."),
    WordGroup(word: "cfg", abstract: "Count, print and search the objects of YAML files."),
    WordGroup(word: "fn", abstract: "Run functions on the objects of a package's files."),
    WordGroup(
      word: "completion", abstract: "Print a script that completes commands: bash, zsh or fish.",
      examples: [
        "source <(render completion bash)",
        "render completion zsh > \"${fpath[1]}/_render\"",
        "render completion fish > ~/.config/fish/completions/render.fish",
      ]),
    WordGroup(word: "openapi", abstract: "Print which OpenAPI document is built in."),
    WordGroup(
      word: "kustomize", abstract: "Take kustomize's command line, as under that name."),
  ]

  static func abstract(of word: String) -> String {
    all.first { $0.word == word }?.abstract ?? ""
  }
}
