/// Tells whether key `a` is printed before key `b`.
///
/// go-yaml v2 orders the keys of a mapping by their first differing character: letters by code
/// point, anything that is no letter before a letter, and runs of digits by the number they make.
/// Source: go-yaml v2 `sorter.go`.
func keyPrecedes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
  if isASCII(a), isASCII(b) { return precedes(a, b) }
  return precedes(runes(a).span, runes(b).span)
}

/// Tells whether the key has the same place among other such keys whichever they are.
///
/// `keyPrecedes` is no order on all keys: `1a` precedes `9`, `9` precedes `19`, and `19` precedes
/// `1a`, because a digit against a letter is not compared as a number. So a rank that is computed
/// over more keys than one mapping has may only count keys for which this is true. They are in
/// ASCII, have no letter directly behind a digit and no number of more than 18 digits.
func keyHasFixedPlace(_ key: Span<UInt8>) -> Bool {
  var digits = 0
  for index in key.indices {
    let character = UInt32(key[index])
    if character >= 0x80 { return false }
    if digits > 0, isLetter(character) { return false }
    digits = isDigit(character) ? digits &+ 1 : 0
    if digits > 18 { return false }
  }
  return true
}

/// Compares two keys character by character; the units are ASCII bytes or whole characters.
private func precedes<Unit: FixedWidthInteger & UnsignedInteger>(
  _ a: Span<Unit>, _ b: Span<Unit>
) -> Bool {
  let limit = min(a.count, b.count)
  var index = 0
  while index < limit, a[index] == b[index] { index &+= 1 }
  guard index < limit else { return a.count < b.count }
  let first = UInt32(truncatingIfNeeded: a[index])
  let second = UInt32(truncatingIfNeeded: b[index])
  switch (isLetter(first), isLetter(second)) {
  case (true, true): return first < second
  case (true, false): return false
  case (false, true): return true
  case (false, false): return numberPrecedes(a, b, at: index)
  }
}

/// Compares the digits that start at the first difference, where neither key has a letter.
///
/// Both numbers start at 1 instead of 0 if one key has a zero here and the digits before it are
/// not all zeros; then more zeros make the larger number. Of equal numbers the one with fewer
/// digits comes first. Go's `int64` wraps on long runs, and so does this.
private func numberPrecedes<Unit: FixedWidthInteger & UnsignedInteger>(
  _ a: Span<Unit>, _ b: Span<Unit>, at index: Int
) -> Bool {
  let start = startOfNumber(a, b, at: index)
  let first = digitRun(a, from: index, start: start)
  let second = digitRun(b, from: index, start: start)
  if first.value != second.value { return first.value < second.value }
  if first.end != second.end { return first.end < second.end }
  return a[index] < b[index]
}

/// Go's loop over the digits before the difference (sorter.go `keyList.Less`).
private func startOfNumber<Unit: FixedWidthInteger & UnsignedInteger>(
  _ a: Span<Unit>, _ b: Span<Unit>, at index: Int
) -> Int64 {
  let zero = Unit(UInt8(ascii: "0"))
  let first = a[index]
  let second = b[index]
  guard first == zero || second == zero else { return 0 }
  return followsNumber(a, index) ? 1 : 0
}

/// Tells whether a digit other than `0` belongs to the run of digits that ends before `index`.
private func followsNumber<Unit: FixedWidthInteger & UnsignedInteger>(
  _ key: Span<Unit>, _ index: Int
) -> Bool {
  var position = index &- 1
  while position >= 0, isDigit(UInt32(truncatingIfNeeded: key[position])) {
    if key[position] != Unit(UInt8(ascii: "0")) { return true }
    position &-= 1
  }
  return false
}

/// The number that the digits from `index` on make, and where they end.
private func digitRun<Unit: FixedWidthInteger & UnsignedInteger>(
  _ key: Span<Unit>, from index: Int, start: Int64
) -> (value: Int64, end: Int) {
  var value = start
  var end = index
  while end < key.count {
    let character = UInt32(truncatingIfNeeded: key[end])
    guard isDigit(character) else { break }
    value = value &* 10 &+ Int64(character) &- Int64(UInt8(ascii: "0"))
    end &+= 1
  }
  return (value, end)
}

/// Go's `unicode.IsLetter`.
private func isLetter(_ character: UInt32) -> Bool {
  if character < 0x80 {
    return (UInt32(UInt8(ascii: "a"))...UInt32(UInt8(ascii: "z"))).contains(character | 0x20)
  }
  switch category(character) {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
    return true
  default:
    return false
  }
}

/// Go's `unicode.IsDigit`.
private func isDigit(_ character: UInt32) -> Bool {
  if character < 0x80 {
    return (UInt32(UInt8(ascii: "0"))...UInt32(UInt8(ascii: "9"))).contains(character)
  }
  return category(character) == .decimalNumber
}

/// Gives the category of a character that Unicode 15.0 knows, the version in Go's tables.
private func category(_ character: UInt32) -> Unicode.GeneralCategory? {
  guard let properties = Unicode.Scalar(character)?.properties, let age = properties.age,
    (age.major, age.minor) <= (15, 0)
  else { return nil }
  return properties.generalCategory
}

private func isASCII(_ key: Span<UInt8>) -> Bool {
  for index in key.indices where key[index] >= 0x80 { return false }
  return true
}

/// Gives the characters of a key as Go's `[]rune` conversion does.
private func runes(_ key: Span<UInt8>) -> [UInt32] {
  var runes: [UInt32] = []
  runes.reserveCapacity(key.count)
  var index = 0
  while index < key.count {
    let rune = GoRune.decode(key, at: index)
    runes.append(rune.value)
    index &+= rune.width
  }
  return runes
}
