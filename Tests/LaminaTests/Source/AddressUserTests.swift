import Lamina
import Testing

@Suite struct AddressUserTests {
  @Test(
    arguments: [
      ("https://user:secret@example.com/a", "https://***@example.com/a"),
      ("HTTP://secret@example.com", "HTTP://***@example.com"),
      ("git::https://u:s@h/x and https://v:t@i", "git::https://***@h/x and https://***@i"),
      ("\"https://u:a@b:c@h/x\"", "\"https://***@h/x\""),
      ("ssh://git@example.com/a", "ssh://git@example.com/a"),
      ("ssh://git:secret@example.com/a", "ssh://git:***@example.com/a"),
      ("oci://u:secret@example.com/a", "oci://u:***@example.com/a"),
      ("'https://u:s'x@h/x' and 'y@z'", "'https://***@h/x' and 'y@z'"),
      ("git@example.com:a/b", "git@example.com:a/b"),
      ("https://example.com/a@b", "https://example.com/a@b"),
      ("https://example.com/?x=https://u:s@h", "https://example.com/?x=https://***@h"),
      ("https://@example.com", "https://@example.com"), ("a@b", "a@b"), ("://@", "://@"),
      ("https://user:secret@", "https://***@"), ("", ""),
    ])
  func masks(text: String, shown: String) {
    #expect(AddressUser.masked(text) == shown)
  }
}
