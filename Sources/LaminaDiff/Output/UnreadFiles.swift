/// Changed files that no root reads, in words.
enum UnreadFiles {
  static func words(_ count: Int) -> String {
    count == 1
      ? "1 changed file is read by no root" : "\(count) changed files are read by no root"
  }
}
