internal import Pattern

extension Rule {
  /// `ImageName` tells expressions from names with a tag, which `imageNameWithTag` reports.
  static let imageNameRegexp = Rule(
    .imageNameRegexp, .warning,
    summary: "the name of an entry of images is a regular expression",
    page: """
      kustomize puts `name` into a regular expression as it is. A name such as `example/(web|api)` so matches \
      several images, which nothing documents, and `example/we*` matches `example/weee` and not `example/web`. A \
      name that is no valid expression makes kustomize v5.8.1 crash; it matches no image here.

          images:
          - name: example/(web|api)    # write one entry for each name
            newTag: "2.0"

      A dot in a name matches itself, and hardly ever more.
      """
  ) { inspection in
    inspection.build.forEachImage { change in
      guard !change.changesNothing, case .expression(let byte) = ImageName(change.name) else {
        return
      }
      inspection.report(.imageNameExpression(change, byte), .warning)
    }
  }
}

extension Problem {
  /// - Parameter byte: the first sign that is no part of a name.
  fileprivate static func imageNameExpression(_ change: ImageChange, _ byte: UInt8) -> Problem {
    let name = Array(change.name.utf8)
    do throws(PatternError) {
      _ = try Pattern(name.span)
    } catch {
      return Problem(
        .imageNameRegexp,
        "the name of an image is a pattern, and \"\(change.name)\" is no valid one, so it matches no image: "
          + error.reason.rawValue,
        at: change.namePosition, hint: "kustomize v5.8.1 crashes here")
    }
    let sign = String(decoding: [byte], as: UTF8.self)
    return Problem(
      .imageNameRegexp,
      "the name of an image is a pattern: \"\(sign)\" in \"\(change.name)\" is not a part of the name",
      at: change.namePosition, hint: "write one entry for each name")
  }
}
