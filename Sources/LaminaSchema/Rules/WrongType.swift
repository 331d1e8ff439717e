internal import Lamina

extension SchemaRules {
  var wrongType: Rule {
    rule(
      .wrongType, .error, of: .wrongType,
      summary: "a value that is not of the type of its field",
      page: """
        The API server refuses the object. Judged is the value as it is printed, which YAML may read as another \
        one than was meant.

            env:
            - name: PORT
              value: 80              # a number; write "80"
            resources:
              limits:
                memory: 128 MB       # no quantity; write 128M

        Texts that something fills in later (`${NAME}`, `$(NAME)`, `{{ name }}`, `ENC[...]`) may be anything.
        """)
  }
}
