import { isWorld } from "./cidr";

test.each([
  ["0.0.0.0/0", true],
  ["128.0.0.0/1", true],
  ["10.0.0.0/8", false],
  ["::/0", true],
  ["2000::/3", true],
  ["2600::/12", true],
  ["8000::/1", true],
  ["f800::/5", true],
  ["fc00::/6", true],
  ["fc00::/7", false],
  ["fd00::/8", false],
  ["FD12::/15", false],
  ["fe80::/10", false],
  ["fec0::/10", true],
  ["ff00::/8", false],
  ["2600:1f00::/24", false],
  ["somewhere", false],
])("%s takes in the internet: %s", (block, world) => expect(isWorld(block)).toBe(world));
