/// What a file is to a Secret.
enum SecretPart: Sendable {
  /// A Secret is made of it, and each line is `key=value`.
  case envFile
  /// A Secret is made of it, and all of it is a value.
  case value
  /// Patches of Secrets stand in it, which need not say so where a target selects the Secret: the values that hold their
  /// texts, or all of the file.
  case patches([Position], isWhole: Bool)
}

extension SourceMap {
  /// Remembers that the text at a position is a patch of a Secret: a file, or a text that a kustomization holds.
  mutating func notePatchOfSecret(at position: Position) {
    guard hidesSecrets, let index = textPlace(of: position)?.file else { return }
    let file = files[index]
    if !file.isPart { return note(.patches([], isWhole: true), ofFile: index) }
    guard let holder = textPlace(of: file.holder)?.file else { return }
    note(.patches([file.holder], isWhole: false), ofFile: holder)
  }
}

extension SourceFile {
  /// The lines that hold patches of Secrets, counted from 0.
  var linesOfSecretPatches: [Range<Int>] {
    guard case .patches(let holders, let isWhole)? = secretPart else { return [] }
    if isWhole { return [0..<lineStarts.count] }
    return holders.map { holder in
      let start = Int(holder.raw &- base)
      let end = text.end(ofNodeAt: start) ?? start
      return line(at: start)..<line(at: max(start, end - 1)) + 1
    }
  }

  private func line(at offset: Int) -> Int {
    max(lineStarts.firstIndexInOrder { Int($0) > offset } - 1, 0)
  }
}
