/// Reads the generated tables of default field specs, which every build begins with: each word and each
/// path is made once, and all else is numbers.
///
/// A spec takes five bytes: the numbers of its group, version and kind in `types`, the number of
/// its path in `paths`, and 1 if it creates. In a table of back references, `255` and three numbers
/// name the type that the specs behind it refer to. `Scripts/make-field-specs` writes the tables;
/// `DefaultFieldSpecTests` compares the steps with the text of each path.
struct FieldSpecTableReader {
  /// What stands in front of a type that the specs after it refer to.
  private static let target: UInt8 = 255

  /// The words of all types; number 0 is the empty one.
  private let types: [Symbol]
  private let paths: [FieldPath]

  init(_ symbols: inout SymbolTable) {
    var words: [Symbol] = []
    words.reserveCapacity(DefaultFieldSpecTable.types.count)
    for word in DefaultFieldSpecTable.types { words.append(symbols.intern(word)) }
    types = words
    paths = Self.paths(&symbols)
  }

  /// Puts the paths together: `steps` has, for each path, the number of its steps and then the
  /// number of each step in `keys`.
  private static func paths(_ symbols: inout SymbolTable) -> [FieldPath] {
    var keys: [FieldPath.Step] = []
    keys.reserveCapacity(DefaultFieldSpecTable.keys.count)
    for key in DefaultFieldSpecTable.keys {
      keys.append(key.withUTF8Buffer { FieldPath.Step(fieldSpec: $0.span, symbols: &symbols) })
    }
    var paths: [FieldPath] = []
    paths.reserveCapacity(DefaultFieldSpecTable.paths.count)
    let numbers = DefaultFieldSpecTable.steps
    var place = 0
    for text in DefaultFieldSpecTable.paths {
      let count = Int(numbers[place])
      // A build makes all these paths before it reads its first file.
      let steps = [FieldPath.Step](unsafeUninitializedCapacity: count) { steps, initialized in
        for step in 0..<count {
          steps.initializeElement(at: step, to: keys[Int(numbers[place + 1 + step])])
        }
        initialized = count
      }
      paths.append(FieldPath(steps: steps, text: symbols.intern(text), position: .none))
      place += 1 + count
    }
    return paths
  }

  /// The specs of a table.
  ///
  /// - Parameter table: five bytes for each spec.
  func specs(_ table: [UInt8]) -> [FieldSpec] {
    var specs: [FieldSpec] = []
    specs.reserveCapacity(table.count / 5)
    for place in stride(from: 0, to: table.count, by: 5) { specs.append(spec(table, at: place)) }
    return specs
  }

  /// The specs of a table in which types stand in front of those that refer to them.
  ///
  /// - Parameter table: groups of four bytes for the type and five for each of its specs.
  func backReferences(_ table: [UInt8]) -> [NameBackReference] {
    var references: [NameBackReference] = []
    var place = 0
    while place < table.count {
      let target = type(table, at: place + 1)
      place += 4
      var referrers: [FieldSpec] = []
      while place < table.count, table[place] != Self.target {
        referrers.append(spec(table, at: place))
        place += 5
      }
      references.append(NameBackReference(target: target, referrers: referrers))
    }
    return references
  }

  private func type(_ table: [UInt8], at place: Int) -> GroupVersionKind {
    GroupVersionKind(
      group: types[Int(table[place])], version: types[Int(table[place + 1])],
      kind: types[Int(table[place + 2])])
  }

  private func spec(_ table: [UInt8], at place: Int) -> FieldSpec {
    FieldSpec(
      type: type(table, at: place), path: paths[Int(table[place + 3])],
      create: table[place + 4] == 1)
  }
}
