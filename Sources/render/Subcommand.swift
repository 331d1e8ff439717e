/// The first words that ask for something other than a build. A directory of such a name is `./version`.
enum Subcommand: String, CaseIterable {
  case affected
  case deps
  case diff
  case explain
  case golden
  case help
  case lint
  case lsp
  case mcp
  case schema
  case version
  case watch
  case worker
}
