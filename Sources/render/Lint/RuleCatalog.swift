import Lamina
import LaminaSchema

/// The rules of all modules.
enum RuleCatalog {
  /// In the order in which they are documented.
  static var all: [Rule] { Rule.all + SchemaRules(version: nil, definitions: CustomDefinitions()).all }
}
