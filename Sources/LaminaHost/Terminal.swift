private import CMachine

/// What is known of the terminal.
package enum Terminal {
  /// The columns of the terminal that a stream goes to; nil where it goes elsewhere.
  package static func width(of descriptor: Int32) -> Int? {
    let columns = Int(machine_terminal_width(descriptor))
    return columns > 0 ? columns : nil
  }
}
