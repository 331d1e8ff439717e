// Measures the parts of a build one by one, and prints a table:
//
//     measure-parts [RESOURCES [RUNS]]
let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let parts = try Parts(resources: numbers.first ?? 1000, runs: numbers.dropFirst().first ?? 7)
print(Measurement.heading)
for part in try parts.all() { print(part.row) }
