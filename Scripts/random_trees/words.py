"""The words, texts and scalars that random trees are made of."""

WORDS = "web api db cache worker cart mail search proxy auth queue report".split()
NAMESPACES = ["shop", "system", "staging", "default", "kube-system"]
IMAGES = [
    "nginx",
    "nginx:1.27",
    "redis:7-alpine",
    "library/redis",
    "registry.example.com/team/app",
    "registry.example.com:5000/team/app:v1",
    "localhost:5000/tool",
    "app@sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3",
    "app:v1@sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3",
    "app:{TAG}",
    "app:",
    "123",
]
# fmt: off
VARIABLE_TEXTS = [
    "$(VAR0)", "$(VAR1)", "a-$(VAR0)-$(VAR1)", "$$(VAR0)", "$(VAR2", "$(NOBODY)", "$", "$(VAR0)$$",
]
# fmt: on
IMAGE_NAMES = [
    "nginx",
    "redis",
    "library/redis",
    "registry.example.com/team/app",
    "registry.example.com:5000/team/app",
    "localhost:5000/tool",
    "app",
    "123",
    "(library/)?redis",
    ".*/app",
    "[a-z]+",
]
# Text that needs quoting, or looks as if it does.
# fmt: off
TEXTS = [
    "", "text", "two words", "yes", "no", "on", "y", "n", "true", "False", "null", "~", "1", "-1",
    "0", "007", "0644", "0o17", "0x1F", "0b11", "1_000", "1.5", "1.", ".5", "1e3", "1E-7", "+1",
    ".inf", ".nan", "12:30:45", "2026-08-01", "2026-08-01T10:00:00Z", "2026-08-01 10:00:00", "=",
    "<<", "-", "--", "---", "...", ".", "a: b", "a:b", "a:", ":a", "a #b", "a#b", "#a", "- a", "-a",
    "? a", "?a", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "[a]", "{a}", "a,b", "[", "}", "'",
    '"', "it's", 'say "x"', "\\", "a\\b", " ", " a", "a ", "  ", "a  b", "\ta", "a\t", "a\tb",
    "a\nb", "a\nb\n", "a\n\nb\n\n", "\na", "\n", "a\n", " a\nb\n", "a \nb\n", "a\n b\n",
    "a\r\nb\r\n",
    "żółw", "日本語", "🚀", "e\u0301", "a\u00a0b", "a\u200bb", "a\u2028b", "\ufeffa",
    "\u0001", "\u001b[0m", "<a href='x'>&amp;</a>", '{"a": [1, 2]}', "$(VAR)", "key=value",
    "the quick brown fox jumps over the lazy dog and then it jumps back over the lazy dog again",
    "the quick: brown fox jumps over the lazy dog and then it jumps back over the lazy dog again",
    "#!/bin/sh\nset -e\nif true; then\n  echo \"hello: world\"\nfi\n",
    "[main]\ncolor = blue\n\n[extra]\n  indented = yes\n",
    "server {\n  listen 80;\n  location / { return 200 'ok'; }\n}\n",
]
# fmt: on
# Text that makes nearly every tree with it fail.
RARE_TEXTS = ["a\u0085b", "\ta\nb\n", "\u007f", "\u0080", "\uffff", "\ufffd", "\0"]
# Scalars in YAML syntax, for places where any value is allowed.
# fmt: off
BARE = [
    "1", "0", "-0", "+7", "007", "0644", "0o17", "0xFF", "0b101", "1_000", "9223372036854775807",
    "9223372036854775808", "18446744073709551616", "123456789012345678901234567890", "1.0", "1.50",
    ".5", "1.", "1e3", "1e21", "1E-7", "-0.0", "3.141592653589793238", "100000000.5", "0.1",
    "1000000.0", "123456789.0", "true", "True", "FALSE", "yes", "off", "y", "N", "null", "Null",
    "~",
    "2026-08-01", "2026-08-01T10:00:00Z", "2026-08-01T10:00:00.5+02:00", "2026-8-1",
    "2026-08-01 10:00:00", "2026-13-01", "12:30:45", "10.0.0.1", "1.2.3", "500m", "1Gi", "50%",
    "!!str 1", "!!int \"1\"", "!!float 1", "!!binary aGVsbG8=", "!Sub text", "''", '""',
    '"\\x41\\u00e9"',
    "http://example.com/a:b", "a b c", "-a", "?a", "=", "'it''s'",
]
# fmt: on
