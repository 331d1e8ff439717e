@testable import Lamina
@testable import LaminaDiff
import Testing

/// What is left of a text without the words of an overlay.
@Suite struct OwnWordsTests {
  private let words: OwnWords = {
    var words = LayerWords()
    words.namespaces = ["shop", "shop-prod"]
    words.prefixes = ["prod-", "eu-"]
    words.suffixes = ["-v2"]
    return OwnWords([words])
  }()

  @Test(arguments: [
    ("prod-web", "web"), ("eu-prod-web-v2", "web"), ("name: prod-web", "name: web"),
    ("shop-prod/prod-web", "\u{1}/web"), ("web.shop.svc", "web.\u{1}.svc"),
    ("shop", "\u{1}"), ("shopping", "shopping"), ("my-shop", "my-shop"),
    ("myprod-web", "myprod-web"), ("web-v20", "web-v20"), ("", ""),
  ])
  func wordsAreFoundWhereNamesBeginAndEnd(text: String, common: String) {
    #expect(words.common(text) == common)
  }

  @Test func withoutWordsATextStays() { #expect(OwnWords().common("prod-web") == "prod-web") }
}
