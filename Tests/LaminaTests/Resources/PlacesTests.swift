import Testing

@testable import Lamina

@Suite struct PlacesTests {
  @Test func placesComeInTheOrderInWhichTheyWereAdded() {
    var places = Places()
    #expect(places.first == nil && places.count == 0)
    for place: Int32 in [5, 5, 2, 9, 9, 2] { places.append(place) }
    #expect(Array(places) == [5, 2, 9, 2])
    #expect(places.count == 4)
    #expect(Array(places.inOrder) == [2, 5, 9])
  }

  @Test func aPlaceIsTakenOutWhereverItStands() {
    var places = Places()
    for place: Int32 in 0..<6 { places.append(place) }
    places.remove(0)
    #expect(Array(places) == [1, 2, 3, 4, 5])
    places.remove(3)
    places.remove(1)
    #expect(Array(places) == [2, 4, 5] && places.first == 2 && places.count == 3)
    for place: Int32 in [5, 7, 2, 4] { places.remove(place) }
    #expect(places.first == nil && Array(places).isEmpty && places.count == 0)
    places.append(8)
    #expect(Array(places) == [8])
  }
}
