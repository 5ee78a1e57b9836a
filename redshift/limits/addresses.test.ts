import { addressesToResize } from "./addresses";

test.each([
  [4, 10],
  [8, 10],
  [16, 13],
  [32, 16],
  [64, 28],
  [128, 52],
  [256, 100],
  [512, 197],
])("a resize from %s RPUs takes %s addresses", (capacity, addresses) => {
  expect(addressesToResize(capacity)).toBe(addresses);
});
