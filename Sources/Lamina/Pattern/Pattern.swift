struct Pattern: Sendable { init(_ s: Span<UInt8>) throws {}; func matches(_ t: Span<UInt8>) -> Bool { false } }
