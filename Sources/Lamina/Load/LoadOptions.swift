/// What the options of a build say of its files.
struct LoadOptions {
  let restriction: LoadRestriction
  /// The directory that takes the place of the restriction.
  let loadRoot: String?
  /// What messages write before paths that are not absolute: `main:` for the files of a revision.
  let displayPrefix: String
}
