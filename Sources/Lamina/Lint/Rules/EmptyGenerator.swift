extension Rule {
  /// Needs the kustomization only, and so is asked of builds that fail as well.
  static let emptyGenerator = Rule(
    .emptyGenerator, .lint, askedOnceFor: .file,
    summary: "a generator has no data",
    page: """
      It makes an object without data. `literals`, `files` or `envs` may be missing or misspelled by a level of \
      indentation.

          configMapGenerator:
          - name: settings   # no literals
      """
  ) { inspection in
    inspection.build.forEachGenerator { generator, _ in
      if generator.isWithoutData { inspection.report(.generatorWithoutData(generator), .lint) }
    }
  }
}

extension GeneratorArguments {
  /// A merge without data still adds its labels and annotations.
  fileprivate var isWithoutData: Bool {
    literals.isEmpty && files.isEmpty && envs.isEmpty
      && !(behavior == .merge && options != nil)
  }
}

extension Problem {
  fileprivate static func generatorWithoutData(_ generator: GeneratorArguments) -> Problem {
    Problem(
      .emptyGenerator, "the generator \"\(generator.name)\" has no literals, files or envs",
      at: generator.position)
  }
}
