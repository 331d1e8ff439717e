/// A plain scalar that go-yaml reads as a point in time.
///
/// go-yaml tries four `time.Parse` layouts: date with `T` or `t`, time and zone; date, blank and
/// time without zone; date alone. Month, day, hour, minute and second may have one digit.
/// Source: go-yaml `resolve.go` (`parseTimestamp`) and Go's `time/format.go`.
struct Timestamp {
  private(set) var year = 0
  private(set) var month = 0
  private(set) var day = 0
  private(set) var hour = 0
  private(set) var minute = 0
  private(set) var second = 0
  private(set) var nanosecond = 0
  /// Minutes east of UTC.
  private(set) var offset = 0

  /// Reads the text; nil if none of the layouts fits it.
  init?(_ text: Span<UInt8>) {
    guard Timestamp.startsWithYear(text) else { return nil }
    var reader = FieldReader(position: 0)
    guard readDate(text, &reader), readTimeAndZone(text, &reader) else { return nil }
    guard reader.position == text.count, isRealDay else { return nil }
  }

  /// go-yaml asks for exactly four digits and a hyphen before it tries any layout.
  static func startsWithYear(_ text: Span<UInt8>) -> Bool {
    guard text.count > 5, text[4] == UInt8(ascii: "-") else { return false }
    return text.isDigit(at: 0) && text.isDigit(at: 1) && text.isDigit(at: 2)
      && text.isDigit(at: 3)
  }

  /// The year has been checked; month and day have one digit or two.
  private mutating func readDate(_ text: Span<UInt8>, _ reader: inout FieldReader) -> Bool {
    year = reader.fourDigits(text)
    guard reader.take(UInt8(ascii: "-"), in: text),
      let month = reader.shortNumber(text), (1...12).contains(month),
      reader.take(UInt8(ascii: "-"), in: text),
      let day = reader.shortNumber(text)
    else { return false }
    self.month = month
    self.day = day
    return true
  }

  /// Nothing may follow the date; behind `T` a zone has to follow the time, behind a blank none
  /// may.
  private mutating func readTimeAndZone(
    _ text: Span<UInt8>, _ reader: inout FieldReader
  ) -> Bool {
    guard reader.position < text.count else { return true }
    switch text[reader.position] {
    case UInt8(ascii: "T"), UInt8(ascii: "t"):
      reader.position &+= 1
      return readClock(text, &reader) && readZone(text, &reader)
    case UInt8(ascii: " "):
      // `time.Parse` lets one blank of the layout stand for any run of blanks.
      while reader.take(UInt8(ascii: " "), in: text) {}
      return readClock(text, &reader)
    default:
      return false
    }
  }

  /// Hours from 0 to 23, minutes and seconds from 0 to 59: Go knows no leap seconds.
  private mutating func readClock(_ text: Span<UInt8>, _ reader: inout FieldReader) -> Bool {
    guard let hour = reader.shortNumber(text), hour < 24,
      reader.take(UInt8(ascii: ":"), in: text),
      let minute = reader.shortNumber(text), minute < 60,
      reader.take(UInt8(ascii: ":"), in: text),
      let second = reader.shortNumber(text), second < 60
    else { return false }
    self.hour = hour
    self.minute = minute
    self.second = second
    nanosecond = reader.fraction(text)
    return true
  }

  /// Reads `Z` or `±hh:mm`; Go lets the offset be as large as 24 hours and 60 minutes.
  private mutating func readZone(_ text: Span<UInt8>, _ reader: inout FieldReader) -> Bool {
    if reader.take(UInt8(ascii: "Z"), in: text) { return true }
    let isWest = reader.take(UInt8(ascii: "-"), in: text)
    guard isWest || reader.take(UInt8(ascii: "+"), in: text),
      let hours = reader.twoDigits(text), hours <= 24,
      reader.take(UInt8(ascii: ":"), in: text),
      let minutes = reader.twoDigits(text), minutes <= 60
    else { return false }
    let total = hours &* 60 &+ minutes
    offset = isWest ? 0 &- total : total
    return true
  }

  /// `2024-02-30` is no time, and so stays a text.
  private var isRealDay: Bool { day >= 1 && day <= daysInMonth }

  private var daysInMonth: Int {
    switch month {
    case 2: return isLeapYear ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  private var isLeapYear: Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }
}

/// Walks over the fixed fields of a timestamp.
private struct FieldReader {
  var position: Int

  /// Moves on if the byte stands here.
  mutating func take(_ byte: UInt8, in text: Span<UInt8>) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position &+= 1
    return true
  }

  mutating func fourDigits(_ text: Span<UInt8>) -> Int {
    let high = twoDigits(text) ?? 0
    let low = twoDigits(text) ?? 0
    return high &* 100 &+ low
  }

  /// Reads exactly two digits.
  mutating func twoDigits(_ text: Span<UInt8>) -> Int? {
    guard text.isDigit(at: position), text.isDigit(at: position &+ 1) else { return nil }
    return shortNumber(text)
  }

  /// Reads one digit, or two if a second one follows.
  mutating func shortNumber(_ text: Span<UInt8>) -> Int? {
    guard text.isDigit(at: position) else { return nil }
    var value = digit(text)
    if text.isDigit(at: position) { value = value &* 10 &+ digit(text) }
    return value
  }

  private mutating func digit(_ text: Span<UInt8>) -> Int {
    let value = Int(text[position] &- UInt8(ascii: "0"))
    position &+= 1
    return value
  }

  /// Reads an optional fraction of a second behind a dot or a comma, cut after nine digits.
  mutating func fraction(_ text: Span<UInt8>) -> Int {
    guard position < text.count, text.isDigit(at: position &+ 1) else { return 0 }
    guard text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: ",") else {
      return 0
    }
    position &+= 1
    var value = 0
    var unit = 100_000_000
    while text.isDigit(at: position) {
      value &+= digit(text) &* unit
      unit /= 10
    }
    return value
  }
}

/// Appends a plain timestamp as JSON shows it, false if there is no such text.
///
/// go-yaml v3 decodes to `time.Time`, and `encoding/json` prints that as RFC 3339 with the
/// fraction's trailing zeros cut. A zone of 24 hours or more is read but cannot be printed: the
/// reference fails there. Source: Go's `time/format_rfc3339.go`.
func appendTimestampAsRFC3339(_ text: Span<UInt8>, to out: inout [UInt8]) -> Bool {
  guard let time = Timestamp(text), time.offset.magnitude < 24 &* 60 else { return false }
  appendPadded(time.year, width: 4, to: &out)
  appendPadded(time.month, after: UInt8(ascii: "-"), to: &out)
  appendPadded(time.day, after: UInt8(ascii: "-"), to: &out)
  appendPadded(time.hour, after: UInt8(ascii: "T"), to: &out)
  appendPadded(time.minute, after: UInt8(ascii: ":"), to: &out)
  appendPadded(time.second, after: UInt8(ascii: ":"), to: &out)
  appendFraction(time.nanosecond, to: &out)
  appendZone(time.offset, to: &out)
  return true
}

private func appendPadded(_ value: Int, after separator: UInt8, to out: inout [UInt8]) {
  out.append(separator)
  appendPadded(value, width: 2, to: &out)
}

/// Appends a number with zeros in front.
private func appendPadded(_ value: Int, width: Int, to out: inout [UInt8]) {
  let digits = value.description.utf8
  out.append(UInt8(ascii: "0"), count: width &- digits.count)
  out.append(contentsOf: digits)
}

private func appendFraction(_ nanosecond: Int, to out: inout [UInt8]) {
  guard nanosecond > 0 else { return }
  out.append(UInt8(ascii: "."))
  appendPadded(nanosecond, width: 9, to: &out)
  while out.last == UInt8(ascii: "0") { out.removeLast() }
}

/// - Parameter offset: minutes east of UTC; 0 is written `Z`, whatever the text had.
private func appendZone(_ offset: Int, to out: inout [UInt8]) {
  guard offset != 0 else {
    out.append(UInt8(ascii: "Z"))
    return
  }
  out.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
  let minutes = Int(offset.magnitude)
  appendPadded(minutes / 60, width: 2, to: &out)
  appendPadded(minutes % 60, after: UInt8(ascii: ":"), to: &out)
}
