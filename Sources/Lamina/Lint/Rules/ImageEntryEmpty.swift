extension Rule {
  /// Other rules about images pass such entries over (`ImageChange.changesNothing`), as this one
  /// says enough.
  static let imageEntryEmpty = Rule(
    .imageEntryEmpty, .error,
    summary: "an entry of images changes nothing",
    page: """
      An entry says what becomes of the images of a name: `newName`, `newTag`, `digest` or `tagSuffix`. \
      Without any of them, or with the old name as the new one, it does nothing.

          images:
          - name: example/web          # and then?
          - name: example/api
            newName: example/api       # the same name

      Say what shall change, or remove the entry.
      """
  ) { inspection in
    inspection.build.forEachImage { change in
      if change.changesNothing { inspection.report(.emptyImageEntry(change), .error) }
    }
  }
}

extension Problem {
  fileprivate static func emptyImageEntry(_ change: ImageChange) -> Problem {
    let isSame = !change.newName.isEmpty
    return Problem(
      .imageEntryEmpty,
      isSame
        ? "the new name of the image \"\(change.name)\" is the old one, so the entry changes nothing"
        : "the entry for the image \"\(change.name)\" does not say what changes",
      at: change.position, hint: "add newTag, digest or another newName, or remove the entry")
  }
}
