extension Rule {
  /// Keys of objects from files are checked, too, as the API refuses both alike. Keys with
  /// variables of other tools are passed over.
  static let keyInvalid = Rule(
    .keyInvalid, .error,
    summary: "a config map or secret has a key that Kubernetes refuses",
    page: """
      Keys are letters, digits, `-`, `_` and `.`. In env files the usual causes are blanks around the equals sign and \
      the word `export`, which belong to the key for kustomize.

          HO ST=db        # HOST=db
          export PORT=80  # PORT=80
      """
  ) { inspection in
    let build = inspection.build
    let (tree, symbols) = (build.tree, build.symbols)
    for index in build.resources.indices {
      let kind = build.resources[index].id.type.kind
      guard kind == .configMap || kind == .secret else { continue }
      var field = tree.first(of: build.resources[index].root)
      while let map = field {
        field = tree.next(after: map)
        guard tree.key(map).isMapOfData else { continue }
        var child = tree.first(of: map)
        while let value = child {
          child = tree.next(after: value)
          if symbols.withBytes(of: tree.key(value), InspectedBuild.isKey) { continue }
          let key = symbols.string(tree.key(value))
          if Tree.isSubstituted(key) { continue }
          let isHidden =
            kind == .secret && build.sources.hidesSecrets && build.resources[index].isGenerated
            && !SecretLines.isKey(key[...])
          inspection.report(
            .invalidDataKey(
              key, at: build.positionOfKey(key, value, of: index), isHidden: isHidden), .error,
            of: build.resources[index])
        }
      }
    }
  }
}

extension Symbol {
  /// A field that holds the entries of a config map or a secret.
  fileprivate var isMapOfData: Bool { self == .data || self == .binaryData || self == .stringData }
}

extension InspectedBuild {
  /// `IsConfigMapKey` of k8s.io/apimachinery pkg/util/validation.
  fileprivate static func isKey(_ text: Span<UInt8>) -> Bool {
    guard (1...253).contains(text.count) else { return false }
    let dot = UInt8(ascii: ".")
    if text[0] == dot, text.count == 1 || text[1] == dot { return false }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), dot:
        continue
      default: return false
      }
    }
    return true
  }

  /// Where a key stands: in an object, in a line of an env file, or in the entry of a generator that names a
  /// file as the value.
  fileprivate func positionOfKey(_ key: String, _ value: NodeID, of resource: Int) -> Position {
    let position = tree.position(value)
    guard resources[resource].isGenerated else { return self.position(ofKeyOf: value) }
    var file: Kustomization.Entry?
    forEachGenerator { generator, _ in
      file =
        file
        ?? generator.files.first { $0.text.begins(with: "\(key)=") || $0.text.hasBytes(of: key) }
    }
    guard let file,
      !(sources.file(of: position)?.path).hasBytes(of: sources.file(of: file.position)?.path)
    else {
      return position
    }
    return file.position
  }
}

extension Problem {
  /// - Parameter isHidden: the key may be a part of a value of a Secret.
  fileprivate static func invalidDataKey(
    _ key: String, at position: Position, isHidden: Bool
  ) -> Problem {
    let hint =
      if key.begins(with: "export ") {
        "leave out \"export\", which is taken for a part of the key"
      } else if key.last == " " || key.last == "\t" {
        "leave out the blank before \"=\", which is taken for a part of the key"
      } else {
        "a key is letters, digits, \"-\", \"_\" and \".\""
      }
    return Problem(
      .keyInvalid,
      "\"\(isHidden ? SecretLines.mask : key)\" is no key of a config map or secret",
      at: position, hint: hint)
  }
}
