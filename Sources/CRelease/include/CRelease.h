// What a release says of itself. A build gets it from its environment (Package.swift), because a package
// that depends on this one is built without git, and often without a repository.

/// The version that the sources are of, such as 0.1.0.
const char *release_version(void);

/// The commit that the release was built from; null in every other build.
const char *release_commit(void);

/// The day of that commit, as 2026-11-30; null in every other build.
const char *release_date(void);
