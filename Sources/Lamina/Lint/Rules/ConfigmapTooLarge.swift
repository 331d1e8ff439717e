extension Rule {
  static let configmapTooLarge = Rule(
    .configmapTooLarge, .error, askedOnceFor: .root,
    summary: "a config map or secret holds more than Kubernetes stores",
    page: """
      The API refuses a ConfigMap or Secret with data of more than 1 MiB. Split it, or put the files into an image \
      or a volume.
      """
  ) { inspection in
    let build = inspection.build
    for index in build.resources.indices
    where build.stage.range(of: index).count > InspectedBuild.mostData {
      let kind = build.resources[index].id.type.kind
      guard kind == .configMap || kind == .secret else { continue }
      let size = build.dataSize(of: index, isSecret: kind == .secret)
      if size <= InspectedBuild.mostData { continue }
      inspection.report(.tooMuchData(size, index, build), .error, of: build.resources[index])
    }
  }
}

extension InspectedBuild {
  /// What Kubernetes stores of the data of a config map or secret (`MaxSecretSize`).
  fileprivate static let mostData = 1_048_576

  /// Bytes as the API stores them: `data` of a secret and `binaryData` are decoded first.
  fileprivate func dataSize(of resource: Int, isSecret: Bool) -> Int {
    let root = resources[resource].root
    func size(_ key: Symbol, isBase64: Bool) -> Int {
      let values = tree.field(key, of: root).map { tree.children(of: $0) } ?? []
      return values.reduce(0) { sum, value in
        guard isBase64 else { return sum + tree.textRange(value).count }
        return sum + tree.withText(value) { decodedBase64Count($0) }
      }
    }
    return size(.data, isBase64: isSecret) + size(.stringData, isBase64: false)
      + size(.binaryData, isBase64: true)
  }
}

extension Problem {
  fileprivate static func tooMuchData(
    _ size: Int, _ resource: Int, _ build: InspectedBuild
  ) -> Problem {
    let kind = build.symbols.string(build.resources[resource].id.type.kind)
    return Problem(
      .configmapTooLarge, "the \(kind) holds \(size) bytes of data; Kubernetes stores 1,048,576",
      at: build.tree.position(build.resources[resource].root), hint: "split it into several")
  }
}
