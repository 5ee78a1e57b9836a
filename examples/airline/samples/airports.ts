/** Airports of the sample airline: code, name, city, country, latitude, longitude, hub. */
export const airports = [
  ["JFK", "John F. Kennedy International", "New York", "US", 40.63975, -73.77893, true],
  ["ORD", "O'Hare International", "Chicago", "US", 41.9786, -87.9048, true],
  ["SFO", "San Francisco International", "San Francisco", "US", 37.61899, -122.37489, true],
  ["ATL", "Hartsfield-Jackson", "Atlanta", "US", 33.6367, -84.42807, false],
  ["MIA", "Miami International", "Miami", "US", 25.79325, -80.29056, false],
  ["SEA", "Seattle-Tacoma", "Seattle", "US", 47.449, -122.30931, false],
  ["DEN", "Denver International", "Denver", "US", 39.86166, -104.67317, false],
  ["BOS", "Logan International", "Boston", "US", 42.36435, -71.00518, false],
  ["YYZ", "Toronto Pearson", "Toronto", "CA", 43.67722, -79.63056, false],
  ["MEX", "Benito Juárez", "Mexico City", "MX", 19.43633, -99.07211, false],
  ["LHR", "Heathrow", "London", "GB", 51.4706, -0.46194, false],
  ["CDG", "Charles de Gaulle", "Paris", "FR", 49.01278, 2.55, false],
  ["FRA", "Frankfurt am Main", "Frankfurt", "DE", 50.03333, 8.57056, false],
  ["MAD", "Adolfo Suárez Madrid-Barajas", "Madrid", "ES", 40.47193, -3.56264, false],
  ["HND", "Haneda", "Tokyo", "JP", 35.55226, 139.77969, false],
  ["GRU", "Guarulhos", "São Paulo", "BR", -23.43556, -46.47306, false],
] as const;

/** Great-circle distance in kilometres. */
export function distanceKm(a: (typeof airports)[number], b: (typeof airports)[number]): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (angle: number) => Math.sin(angle / 2) ** 2;
  const h = half(radians(b[4] - a[4])) + Math.cos(radians(a[4])) * Math.cos(radians(b[4])) * half(radians(b[5] - a[5]));
  return Math.round(2 * 6371 * Math.asin(Math.sqrt(h)));
}
