/// What a build reads from: a file system that may know a short way to a file.
protocol BuildFiles: FileSystem {
  /// The bytes of the file at a clean path, if that is known to be its canonical path; nil where
  /// `resolve` has to be asked.
  func file(at path: String) -> [UInt8]?

  /// The same files for a thread that reads what the build may come to need: nothing is noted as read.
  var unnoted: any BuildFiles { get }

  /// Notes as read what `unnoted` has given for `file(at:)`.
  func note(_ bytes: [UInt8], readAt path: String)
}
