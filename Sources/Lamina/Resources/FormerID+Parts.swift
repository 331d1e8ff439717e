/// Former ids as kustomize reads them again.
///
/// It keeps the names, namespaces and kinds that an object had in three lists, with commas between their elements, and
/// panics where these are not of one length (utils/makeResIds.go `PrevIds`). A name with a comma makes two elements of
/// one, so that `a,b` in a namespace without a comma is such a case, while `a,b` of kind `X,Y` in `n,m` counts as two
/// ids.
extension FormerID {
  /// - Parameter last: what was remembered last, which has none; most of it will be the same.
  func hasComma(in symbols: SymbolTable, after last: FormerID?) -> Bool {
    last?.name != name && symbols.hasComma(name)
      || last?.namespace != namespace && symbols.hasComma(namespace)
      || last?.kind != kind && symbols.hasComma(kind)
  }

  /// The ids that an id with commas is read as.
  ///
  /// - Parameter root: the object that has the id.
  func parts(of root: NodeID, in tree: inout Tree) throws(Problem) -> [FormerID] {
    let names = tree.symbols.elements(of: name)
    let namespaces = tree.symbols.elements(of: namespace)
    let kinds = tree.symbols.elements(of: kind)
    let longest = max(names.count, namespaces.count, kinds.count)
    if names.count < longest || namespaces.count < longest || kinds.count < longest {
      let metadata = tree.field(.metadata, of: root)
      let (word, text, field) =
        names.count == longest
        ? ("name", name, metadata.flatMap { tree.field(.name, of: $0) })
        : namespaces.count == longest
          ? ("namespace", namespace, metadata.flatMap { tree.field(.namespace, of: $0) })
          : ("kind", kind, tree.field(.kind, of: root))
      throw .formerIDWithComma(
        word, tree.symbols.string(text), at: tree.position(field ?? root))
    }
    return zip(names, zip(namespaces, kinds)).map {
      FormerID(name: $0, kind: $1.1, namespace: $1.0)
    }
  }
}

extension SymbolTable {
  fileprivate func hasComma(_ symbol: Symbol) -> Bool {
    withBytes(of: symbol) { $0.contains(UInt8(ascii: ",")) }
  }

  /// The elements of a list with commas between them, as kustomize's notes are; an empty text is one empty element.
  mutating func elements(of list: Symbol) -> [Symbol] {
    guard hasComma(list) else { return [list] }
    return string(list).parts(at: ",", omittingEmptySubsequences: false).map {
      intern(String($0))
    }
  }
}

extension Problem {
  static func formerIDsUneven(at position: Position) -> Problem {
    Problem(
      .formerIDWithComma,
      "annotations say that the object had other numbers of names, of namespaces and of kinds before",
      at: position,
      hint:
        "kustomize v5.8.1 crashes here; take the annotations internal.config.kubernetes.io/previous… out"
    )
  }

  /// - Parameter word: what has the comma.
  fileprivate static func formerIDWithComma(
    _ word: String, _ text: String, at position: Position
  ) -> Problem {
    Problem(
      .formerIDWithComma,
      "an object with a comma in its \(word) \"\(text)\" cannot be renamed, moved or patched",
      at: position,
      hint:
        "kustomize v5.8.1 crashes here, since it remembers such a \(word) as two; take the comma out"
    )
  }
}
