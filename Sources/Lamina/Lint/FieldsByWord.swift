/// The fields whose keys have a word that rules look for, in the whole tree, patches included.
///
/// All rules that look for words of keys share one look at each node, which costs less than a walk through the
/// resources of each.
struct FieldsByWord {
  /// The scalars of fields that are called after images, or `value`.
  let ofImages: [NodeID]
  /// Some field is a directive of a patch.
  let haveDirectives: Bool
  /// What the key of each number has.
  private let words: [Word]

  init(_ build: InspectedBuild) {
    let (nodes, symbols) = (build.tree.nodes, build.symbols)
    var words = [Word](repeating: .unread, count: symbols.count)
    var images: [NodeID] = []
    var haveDirectives = false
    // Through its storage, since this is a look at each node of every build.
    nodes.withUnsafeBufferPointer { nodes in
      var place = 0
      while place < nodes.count {
        let key = nodes[place].key
        var word = words[Int(key.raw)]
        if word == .unread {
          word = symbols.withBytes(of: key, Word.init)
          words[Int(key.raw)] = word
        }
        if word == .directive {
          haveDirectives = true
        } else if word == .image, nodes[place].shape == .scalar {
          images.append(NodeID(raw: UInt32(truncatingIfNeeded: place)))
        }
        place &+= 1
      }
    }
    (self.words, ofImages, self.haveDirectives) = (words, images, haveDirectives)
  }

  /// Whether a key is a directive of a strategic merge patch, among them those that kustomize does not know.
  func isDirective(_ key: Symbol) -> Bool { words[Int(key.raw)] == .directive }

  /// What rules look for in a key.
  private enum Word: UInt8 {
    case none
    /// No field was found that has the key.
    case unread
    /// The word `image`, in letters of either case, or all of `value`.
    case image
    /// A directive of a strategic merge patch.
    case directive

    init(_ key: Span<UInt8>) {
      guard !key.isEmpty else {
        self = .none
        return
      }
      if key[0] == UInt8(ascii: "$") {
        self = Self.isDirective(key) ? .directive : .none
      } else {
        self = Self.namesImage(key) || key.count == 5 && key.begins(with: "value") ? .image : .none
      }
    }

    private static func isDirective(_ key: Span<UInt8>) -> Bool {
      let prefixes: [StaticString] = [
        "$setElementOrder/", "$deleteFromPrimitiveList/", "$retainKeys",
      ]
      return key.count == 6 && key.begins(with: "$patch")
        || prefixes.contains { key.begins(with: $0) }
    }

    /// Looks at the last letter first, and goes on by as many as that one allows: most keys are done with one
    /// or two looks.
    private static func namesImage(_ key: Span<UInt8>) -> Bool {
      let word: StaticString = "image"
      return word.withUTF8Buffer { word in
        var end = word.count - 1
        while end < key.count {
          switch key[end] | 0x20 {
          case UInt8(ascii: "e"):
            var length = 1
            while length < word.count,
              key[end - length] | 0x20 == word[word.count - 1 - length]
            {
              length += 1
            }
            if length == word.count { return true }
            end += word.count
          case UInt8(ascii: "g"): end += 1
          case UInt8(ascii: "a"): end += 2
          case UInt8(ascii: "m"): end += 3
          case UInt8(ascii: "i"): end += 4
          default: end += word.count
          }
        }
        return false
      }
    }
  }
}
