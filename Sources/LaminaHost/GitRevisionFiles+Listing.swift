import Lamina

extension GitRevisionFiles {
  /// The directories below one of the repository at this commit, itself first, each before those in it.
  package func directories(below directory: String) throws(GitFailure) -> [String] {
    let all: Set<ByteText>
    do { all = try repository.directories(at: commit) } catch { throw GitFailure("\(error)") }
    return [directory]
      + all.sortedTexts.filter {
        !$0.hasBytes(of: directory) && Path.isInside($0, directory: directory)
      }
  }

  /// Whether a file with one of these names may differ between the commit and the working tree, or was
  /// removed. Files that git does not know of yet are not looked at.
  ///
  /// If git cannot say what differs, any of them may.
  package func mayHaveChangedFiles(named names: [String]) -> Bool {
    changedPaths?.contains { names.contains(bytesOf: Path.lastPart($0.string)) } ?? true
  }

  /// Whether a file below a directory may differ between the commit and the working tree, was added or
  /// was removed.
  ///
  /// The bytes are compared, since git's list has files that were only written anew, and since
  /// files that are new on the disk are in none of its lists.
  package func hasChanges(below directory: String) -> Bool {
    guard isInside(directory) else { return false }
    let paths = DirectorySearch.files(below: directory) + (changedPaths ?? []).map(\.string)
    return paths.contains { path in
      Path.isInside(path, directory: directory)
        && (try? read(path)) != (try? workingTree.read(path))
    }
  }

  /// The files below a directory that differ between the commit and the working tree, in the order of
  /// their paths. Files that git does not know of yet are not among them.
  package func changedFiles(below directory: String) -> [String] {
    (changedPaths ?? []).sortedTexts.filter { path in
      Path.isInside(path, directory: directory)
        && (try? read(path)) != (try? workingTree.read(path))
    }
  }
}
