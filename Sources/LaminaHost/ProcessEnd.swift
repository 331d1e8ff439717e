private import CMachine

/// How this process ends: without leaving anything behind that it had not finished.
///
/// The lists are kept in C, where a handler of signals can read them.
package enum ProcessEnd {
  /// From now on programs that still run are stopped, and temporary files and directories removed, when
  /// the process exits or a signal asks it to end.
  ///
  /// Libraries must not decide this for the process they are in, which has its own way with signals: it
  /// is for the command. Costs nothing before there is something to clean up.
  package static func cleansUp() { machine_end_cleanly() }

  /// Makes a file or directory that is removed should the process end before `finished`.
  ///
  /// - Returns: what `make` returns; with nil there is nothing to remove.
  static func unfinished(_ make: () -> String?) -> String? {
    machine_begin_listing()
    defer { machine_end_listing() }
    guard let path = make() else { return nil }
    machine_list_path(path)
    return path
  }

  /// What was made at a path is no longer there, or is to stay.
  static func finished(_ path: String) { machine_unlist_path(path) }
}
