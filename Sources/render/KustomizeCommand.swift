/// Commands that kustomize has and this one lacks. Tools that call it as kustomize ask for some of them.
enum KustomizeCommand: String {
  case cfg
  case create
  case edit
  case fn
  case localize

  /// Nil where the first word asks for something else, or is a directory to be rendered.
  init?(_ arguments: ArraySlice<String>) {
    guard let word = arguments.first, !OutputFile.isDirectory(word) else { return nil }
    self.init(rawValue: word)
  }

  func refuse() -> Never {
    fail(
      "error: render has no \"\(rawValue)\" as kustomize has: it renders, and changes no kustomization"
    )
  }
}
