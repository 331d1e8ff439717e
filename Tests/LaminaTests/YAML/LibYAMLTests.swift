import CLibYAML
import Testing

@testable import Lamina

/// Tests what the readers rely on, of the libyaml that is linked.
///
/// Bytes must not depend on the machine. Each text here is read differently by an earlier version, or rests on
/// something that libyaml does not document.
@Suite struct LibYAMLTests {
  /// 0.2.4 and earlier read other events from tags and question marks within brackets. A later version has to be
  /// compared before it is let in here.
  @Test func isTheSupportedVersion() {
    #expect(yaml_get_version_string().map { String(cString: $0) } == "0.2.5")
  }

  @Test(arguments: [
    // 0.2.4 ends the text at the question mark.
    ("[a?b, c]", "[ :a?b :c ]"),
    // 0.2.4 takes the comma for a part of the tag, and reads one element less.
    ("[!a, b]", "[ <!a>: :b ]"),
    ("[!a,b]", "[ <!a>: :b ]"),
    ("!<a,b> x", "<a,b>:x"),
    // 0.2.2 refuses this version.
    ("%YAML 1.2\n---\na", ":a"),
    ("\"\\/\"", "\"/"),
    ("a: b\u{85}c: d", "{ :a :b :c :d }"),
    ("a: x\n  y\n\n  z\n", "{ :a :x y\nz }"),
    ("a: |\n  x\n\n\nb: >-\n  y\n  z\n", "{ :a |x\n :b >y z }"),
    ("- &a x\n- *a\n", "[ &a:x *a ]"),
    (
      "a: [1, 2\nb: 1\n",
      "{ :a [ :1 :2 b error at 1:1: did not find expected ',' or ']' while parsing a flow sequence"
    ),
    // 0.2.2 says "violate".
    (
      "a: b\n\tc: d\n",
      "{ :a error at 1:0: found a tab character that violates indentation while scanning a plain scalar"
    ),
    (
      "a: !!str,x y\n",
      "{ :a error at 0:8: did not find expected whitespace or line break while scanning a tag"
    ),
  ])
  func readsTheseEvents(text: String, events: String) {
    #expect(said(Array(text.utf8)) == events)
  }

  @Test func refusesKeysOfMoreThan1024Characters() {
    let key = String(repeating: "k", count: 1024)
    #expect(said(Array("\(key): 1".utf8)) == "{ :\(key) :1 }")
    #expect(said(Array("\(key)k: 1".utf8)).contains("mapping values are not allowed"))
  }

  /// `YAMLEvents` and `StackLimit` bound the depth; a limit of libyaml's own would say other things.
  @Test func readsThousandsOfBrackets() {
    let depth = 5_000
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let events = said(Array(text.utf8)).split(separator: " ")
    #expect(events.count == 2 * depth && !events.contains("error"))
  }

  @Test func countsCharactersAndNotBytes() {
    #expect(places("é: x") == ["0:0-0:1 0..<1", "0:3-0:4 3..<4"])
    // The mark at the beginning is not counted.
    #expect(places("\u{feff}a: 1") == ["0:0-0:1 0..<1", "0:3-0:4 3..<4"])
    // A line of its own begins behind a break of YAML 1.1.
    #expect(places("a\u{2028}") == ["0:0-0:1 0..<1"])
    // A literal ends where the next text begins, behind blank lines.
    #expect(
      places("a: |\n  x\n\n\nb: 1") == [
        "0:0-0:1 0..<1", "0:3-4:0 3..<11", "4:0-4:1 11..<12", "4:3-4:4 14..<15",
      ])
  }

  @Test func saysWhichByteIsNoCharacter() {
    let text = Array("a: ".utf8) + [0xFF]
    text.withUnsafeBufferPointer { bytes in
      var events = YAMLEvents(bytes)
      do throws(YAMLEvents.Failure) {
        while true {
          if case .streamEnd = try events.next() { break }
        }
        Issue.record("should have been refused")
      } catch {
        #expect(error.byte == 3)
        #expect(error.message == "invalid leading UTF-8 octet")
      }
    }
  }

  // MARK: - What libyaml says

  /// The events of a text in short, up to its end or the first error.
  private func said(_ text: [UInt8]) -> String {
    text.withUnsafeBufferPointer { bytes in
      var events = YAMLEvents(bytes)
      var words: [String] = []
      do throws(YAMLEvents.Failure) {
        while true {
          let event = try events.next()
          if case .streamEnd = event { break }
          if let word = word(for: event) { words.append(word) }
        }
      } catch { words.append("error at \(error.line):\(error.column): \(error.message)") }
      return words.joined(separator: " ")
    }
  }

  private func word(for event: YAMLEvents.Event) -> String? {
    switch event {
    case .alias(let name): "*\(string(name))"
    case .scalar(let text, let properties, let style):
      self.properties(properties) + sign(of: style) + string(text)
    case .sequenceStart(let properties, _): self.properties(properties) + "["
    case .sequenceEnd: "]"
    case .mappingStart(let properties, _): self.properties(properties) + "{"
    case .mappingEnd: "}"
    default: nil
    }
  }

  private func properties(_ properties: YAMLEvents.Properties) -> String {
    (properties.anchor.map { "&\(string($0))" } ?? "")
      + (properties.tag.map { "<\(string($0))>" } ?? "")
  }

  private func sign(of style: YAMLEvents.ScalarStyle) -> String {
    switch style {
    case .plain: ":"
    case .singleQuoted: "'"
    case .doubleQuoted: "\""
    case .literal: "|"
    case .folded: ">"
    }
  }

  private func string(_ text: YAMLEvents.Text) -> String { String(decoding: text, as: UTF8.self) }

  /// Where the scalars of a text begin and end: lines and columns, and characters of the text.
  private func places(_ text: String) -> [String] {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var events = YAMLEvents(bytes)
      var places: [String] = []
      do throws(YAMLEvents.Failure) {
        while true {
          let event = try events.next()
          if case .streamEnd = event { break }
          guard case .scalar = event else { continue }
          let range = "\(events.line):\(events.column)-\(events.endLine):\(events.endColumn)"
          places.append("\(range) \(events.characters)")
        }
      } catch { Issue.record("\(error.message)") }
      return places
    }
  }
}
