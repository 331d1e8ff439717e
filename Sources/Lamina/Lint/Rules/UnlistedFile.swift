extension Rule {
  /// Files are found by the listing of the run, and looked into only if they lie beside a
  /// kustomization that was visited and nothing read them.
  static let unlistedFile = Rule(
    .unlistedFile, .lint, askedOnceFor: .run,
    summary: "a file with an object lies beside a kustomization, and nothing reads it",
    page: """
      The object is not deployed: the file has an `apiVersion` and a `kind`, lies in the directory of a kustomization, \
      and no kustomization of the repository names it, not even in a comment. What a test compares a rendering with \
      is no mistake: golden files, and files called `expected` or `golden`, such as `expected.yaml`.

          resources: [deployment.yaml]   # service.yaml is not in the list

      Add it to `resources`, name it in a comment, or begin the file with `# lamina: ignore[unlisted-file]`.
      """,
    ofRun: { inspection in
      for file in inspection.unlistedFiles() {
        inspection.report(.unlistedFile(Path.lastPart(file), at: inspection.start(of: file)), .lint)
      }
    })
}

extension RunInspection {
  /// The files with objects that lie beside a kustomization of the run and that nothing names.
  fileprivate mutating func unlistedFiles() -> [String] {
    var numbers: [ByteText: Int] = [:]
    for (number, path) in listing.kustomizations.enumerated() {
      numbers[Path.directory(path)] = number
    }
    var result: [String] = []
    for path in listing.besides where !read.contains(path) {
      let (directory, name) = (Path.directory(path), Path.lastPart(path))
      guard visited.contains(directory), let number = numbers[directory],
        !mentions.isNamed(name, inText: number),
        !mentions.isNamed(name, in: Path.lastPart(directory)),
        !Self.isExpectation(name), let bytes = bytes(of: path), Self.holdsObject(bytes),
        GoldenHeader(bytes) == nil
      else { continue }
      result.append(path)
    }
    return result
  }

  /// Whether a name says that the file is what a rendering is compared with: `expected.yaml`,
  /// `expected-prod.yaml`, `web.golden.yml`.
  private static func isExpectation(_ name: String) -> Bool {
    name.split { ".-_".contains($0) }.contains { $0 == "expected" || $0 == "golden" }
  }

  /// `apiVersion` and `kind` begin a line each.
  ///
  /// The file is not parsed: it may be a template, or no YAML at all.
  private static func holdsObject(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: 0x0A)
    return lines.contains { $0.starts(with: "apiVersion:".utf8) }
      && lines.contains { $0.starts(with: "kind:".utf8) }
  }
}

extension Problem {
  fileprivate static func unlistedFile(_ name: String, at position: Position) -> Problem {
    Problem(
      .unlistedFile, "no kustomization reads this file", at: position,
      hint: "add \(name) to the resources of the kustomization beside it")
  }
}
