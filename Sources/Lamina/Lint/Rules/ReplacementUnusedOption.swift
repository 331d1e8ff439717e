extension Rule {
  /// Only options that are written are known with their places (`ReplacementOptions.written`).
  static let replacementUnusedOption = Rule(
    .replacementUnusedOption, .lint,
    summary: "an option of a replacement has no effect",
    page: """
      kustomize reads `encoding` and does nothing with it, makes no field in a source, and looks at `index` only \
      if `delimiter` says where the text is cut.

          targets:
          - select: {kind: Deployment}
            fieldPaths: [metadata.annotations.level]
            options: {create: true, encoding: base64}   # the value is not encoded
      """
  ) { inspection in
    inspection.build.forEachReplacement { replacement in
      if let source = replacement.source { inspection.report(source.options, ofSource: true) }
      for target in replacement.targets ?? [] {
        inspection.report(target.options, ofSource: false)
      }
    }
  }
}

extension Inspection {
  /// Tells of options without effect, each at its place.
  fileprivate mutating func report(_ options: ReplacementOptions, ofSource: Bool) {
    for (option, position) in options.written {
      switch option {
      case .encoding:
        report(.unusedOption(option, "kustomize does nothing with it", at: position), .lint)
      case .index where options.delimiter.isEmpty:
        report(
          .unusedOption(option, "it counts the parts that 'delimiter' makes", at: position), .lint)
      case .create where ofSource:
        report(.unusedOption(option, "a source makes no field", at: position), .lint)
      case .index, .create, .delimiter: break
      }
    }
  }
}

extension Problem {
  fileprivate static func unusedOption(
    _ option: ReplacementOptionField, _ reason: String, at position: Position
  ) -> Problem {
    Problem(
      .replacementUnusedOption, "'\(option.rawValue)' has no effect here: \(reason)", at: position,
      hint: "remove it")
  }
}
