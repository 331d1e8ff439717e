/// What `BlockText` hands over. An error is libyaml's to find again.
extension YAMLReader {
  mutating func readPlain(
    _ text: YAMLEvents.Text, _ style: YAMLEvents.ScalarStyle, at place: BlockText.Place,
    _ tree: inout Tree
  ) throws(BlockText.Unusual) {
    let none = YAMLEvents.Properties(anchor: nil, tag: nil)
    do { try readScalar(text, none, style, into: &tree, at: position(of: place)) } catch {
      throw BlockText.Unusual()
    }
  }

  mutating func openPlain(
    _ shape: Node.Shape, isFlow: Bool, at place: BlockText.Place, _ tree: inout Tree
  ) throws(BlockText.Unusual) {
    let none = YAMLEvents.Properties(anchor: nil, tag: nil)
    do { try open(shape, none, isFlow: isFlow, into: &tree, at: position(of: place)) } catch {
      throw BlockText.Unusual()
    }
  }

  mutating func closePlain(_ tree: inout Tree) throws(BlockText.Unusual) {
    do { try close(into: &tree) } catch { throw BlockText.Unusual() }
  }

  private func position(of place: BlockText.Place) -> Position {
    lines.position(line: firstLine + place.line, column: place.column)
  }
}
