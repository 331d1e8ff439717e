internal import Lamina
internal import LaminaDiff

/// The fields that a line reaches, for a terminal.
package enum ReachText {
  package static func text(of reached: ReachedFields, isColoured: Bool) -> String {
    let paint = TextStyle(isColoured: isColoured)
    let place = ShownText.line("\(reached.file):\(reached.line)")
    if reached.roots.isEmpty {
      return reached.isRead
        ? "\(place) reaches no rendered field\n" : "\(place): no root reads the file\n"
    }
    var text = ""
    for root in reached.roots {
      text += paint(.bold, ShownText.line(root.name)) + "\n"
      for object in root.objects {
        text += "  " + paint(.bold, ShownText.line(object.id.description))
        text += object.isWhole ? "  (all \(object.fields.count) fields)\n" : "\n"
        if object.isWhole { continue }
        for field in object.fields {
          let note = field.removes ? "  (removed)" : field.decides ? "" : "  (changed later)"
          text += "    \(ShownText.line(field.path.description))\(paint(.dim, note))\n"
        }
      }
      for id in root.deleted {
        text += "  " + paint(.red, ShownText.line(id.description)) + "  (deleted)\n"
      }
    }
    return text
  }
}
