extension Rule {
  /// Only idle entries are looked at: an entry with a tag that matches an image is odd, but does
  /// something.
  static let imageNameWithTag = Rule(
    .imageNameWithTag, .error,
    summary: "an entry of images has a tag or digest in its name, and matches no image",
    page: """
      `name` is the name of an image without tag and digest. An entry with `example/web:1.0` matches only \
      images that carry just this tag, and the build has none.

          images:
          - name: example/web:1.0      # write example/web
            newTag: "2.0"

      The colon of a registry's port, as in `registry:5000/web`, is a part of the name.
      """
  ) { inspection in
    for entry in inspection.build.stage.idleEntries {
      guard case .image(let change) = entry.kind, !change.changesNothing,
        case .tagged(let length) = ImageName(change.name)
      else { continue }
      inspection.report(
        .taggedImageName(change, length, inspection.build), .error, idleEntry: change.position)
    }
  }
}

extension Problem {
  fileprivate static func taggedImageName(
    _ change: ImageChange, _ length: Int, _ build: InspectedBuild
  ) -> Problem {
    let name = String(decoding: change.name.utf8.prefix(length), as: UTF8.self)
    return Problem(
      .imageNameWithTag,
      "the name of an image is written without tag and digest; no image is called \"\(change.name)\"",
      at: change.namePosition, hint: "write \"\(name)\"",
      fixes: [
        build.replacement(of: change.name, at: change.namePosition, with: name, isSafe: false)
      ])
  }
}
