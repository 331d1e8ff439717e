internal import Lamina
internal import LaminaSyntax

/// A patch that is a text of a kustomization.
struct InlinePatch {
  /// The scalar that holds it.
  let node: SyntaxNode.ID
  let text: EmbeddedText
  /// nil where none is written.
  let target: PatchTarget?

  /// All that a kustomization has. Texts that are no YAML are passed over.
  static func all(in tree: SyntaxTree, _ root: SyntaxNode.ID) -> [InlinePatch] {
    places(in: tree, root).compactMap { node, target in
      EmbeddedText(node, in: tree).map { InlinePatch(node: node, text: $0, target: target) }
    }
  }

  /// Where a kustomization has such texts.
  static func places(
    in tree: SyntaxTree, _ root: SyntaxNode.ID
  ) -> [(node: SyntaxNode.ID, target: PatchTarget?)] {
    func items(_ key: String) -> [SyntaxNode.ID] {
      tree.entry(key, of: root).map { tree.ownItems(of: $0.value).map(\.value) } ?? []
    }
    let entries = (items("patches") + items("patchesJson6902")).compactMap { item in
      tree.entry("patch", of: item).map { ($0.value, PatchTarget(of: item, in: tree)) }
    }
    // Other texts are paths.
    let texts = items("patchesStrategicMerge").filter { item in
      guard case .scalar(let style, _) = tree[item].content else { return false }
      return style == .literal || style == .folded || tree.text(of: item)?.contains("\n") == true
    }
    return entries + texts.map { ($0, nil) }
  }
}

/// What a patch is for, as its entry says.
struct PatchTarget {
  let group: String?
  let version: String?
  let kind: String?
  let name: String?

  /// The fields that name the files of patches.
  static let fields = [
    ["patches", "path"], ["patchesJson6902", "path"], ["patchesStrategicMerge"],
  ]

  /// - Parameters:
  ///   - path: the text that names the patch's file.
  ///   - root: of the kustomization.
  init?(ofPath path: SyntaxNode.ID, _ root: SyntaxNode.ID, in tree: SyntaxTree) {
    for field in Self.fields {
      for item in tree.entry(field[0], of: root).map({ tree.ownItems(of: $0.value) }) ?? []
      where tree.entry("path", of: item.value)?.value == path {
        self.init(of: item.value, in: tree)
        return
      }
    }
    return nil
  }

  /// - Parameter item: an entry of `patches`.
  init?(of item: SyntaxNode.ID, in tree: SyntaxTree) {
    guard let target = tree.entry("target", of: item)?.value else { return nil }
    group = tree.text("group", of: target)
    version = tree.text("version", of: target)
    kind = tree.text("kind", of: target)
    name = tree.text("name", of: target)
  }
}

/// The paths of JSON patches (RFC 6901).
enum PatchPointer {
  /// The keys on the way, numbers of elements left out.
  static func keys(_ pointer: some StringProtocol) -> [String] {
    steps(pointer).filter { $0 != "-" && !$0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  static func steps(_ pointer: some StringProtocol) -> [String] {
    String(pointer).parts(at: "/", omittingEmptySubsequences: false).dropFirst().map { step in
      var (text, isEscaped) = ("", false)
      for character in step.unicodeScalars {
        if isEscaped {
          text += character == "1" ? "/" : character == "0" ? "~" : "~\(character)"
          isEscaped = false
        } else if character == "~" {
          isEscaped = true
        } else {
          text.unicodeScalars.append(character)
        }
      }
      return isEscaped ? text + "~" : text
    }
  }

  static func escaped(_ key: String) -> String {
    var text = ""
    for character in key.unicodeScalars {
      switch character {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
