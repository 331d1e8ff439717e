import Testing

@testable import Lamina

/// Plain timestamps as the reference printed them.
@Suite struct TimestampTests {
  /// Every layout, with short fields and every kind of zone.
  static let timestamps: [(text: String, printed: String)] = [
    ("2001-01-01", "2001-01-01T00:00:00Z"),
    ("2001-1-1", "2001-01-01T00:00:00Z"),
    ("2000-02-29", "2000-02-29T00:00:00Z"),
    ("0000-01-01", "0000-01-01T00:00:00Z"),
    ("2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z"),
    ("2001-01-01t1:2:3Z", "2001-01-01T01:02:03Z"),
    ("2001-01-01T01:02:03+01:00", "2001-01-01T01:02:03+01:00"),
    ("2001-01-01T01:02:03-00:30", "2001-01-01T01:02:03-00:30"),
    ("2001-01-01T01:02:03+00:00", "2001-01-01T01:02:03Z"),
    ("2001-01-01T01:02:03-00:00", "2001-01-01T01:02:03Z"),
    ("2001-01-01T01:02:03+05:60", "2001-01-01T01:02:03+06:00"),
    ("2001-01-01T01:02:03+23:59", "2001-01-01T01:02:03+23:59"),
    ("2001-01-01 01:02:03", "2001-01-01T01:02:03Z"),
    ("2001-01-01   1:2:3", "2001-01-01T01:02:03Z"),
    ("2001-01-01 01:02:03.5", "2001-01-01T01:02:03.5Z"),
    ("2001-01-01T01:02:03.500Z", "2001-01-01T01:02:03.5Z"),
    ("2001-01-01T01:02:03.000Z", "2001-01-01T01:02:03Z"),
    ("2001-01-01T01:02:03.123456789987Z", "2001-01-01T01:02:03.123456789Z"),
    ("2001-01-01T01:02:03,25-11:00", "2001-01-01T01:02:03.25-11:00"),
  ]

  /// What no layout fits.
  static let words = [
    "2001-02-29", "1900-02-29", "2001-04-31", "2001-13-01", "2001-00-01", "2001-01-00",
    "20010-01-01", "201-01-01", "2001-01", "2001-01-", "2001-01-01x", "2001-01-01T",
    "2001-01-01T01:02", "2001-01-01T01:02:03", "2001-01-01T01:02:03z", "2001-01-01T01:02:03+0100",
    "2001-01-01T01:02:03+01", "2001-01-01T01:02:03+25:00", "2001-01-01T01:02:03+01:61",
    "2001-01-01 01:02:03Z", "2001-01-01T01:02:03.Z", "2001-01-01T24:00:00Z",
    "2001-01-01T01:60:00Z", "2001-01-01T01:00:60Z", "2001-01-01 T01:00:00Z", "2001-001-01",
    "2001-01-001",
  ]

  @Test(arguments: timestamps)
  func printsTimestamp(text: String, printed: String) {
    let result = written(text)
    #expect(result.tag == .timestamp)
    #expect(result.isWritten)
    #expect(result.text == printed)
  }

  @Test(arguments: words)
  func leavesText(text: String) {
    let result = written(text)
    #expect(result.tag == .string)
    #expect(!result.isWritten)
    #expect(result.text.isEmpty)
  }

  /// Such a zone is read but has no form in JSON.
  @Test(arguments: ["2001-01-01T01:02:03+24:00", "2001-01-01T01:02:03-23:60"])
  func refusesZoneOfADay(text: String) {
    let result = written(text)
    #expect(result.tag == .timestamp)
    #expect(!result.isWritten)
    #expect(result.text.isEmpty)
  }

  private func written(_ text: String) -> (tag: ScalarTag, isWritten: Bool, text: String) {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    let isWritten = appendTimestampAsRFC3339(bytes.span, to: &out)
    return (ScalarTag.plain(bytes.span), isWritten, String(decoding: out, as: UTF8.self))
  }
}
