/** The release of Pulumi's engine that this repository builds where none is installed; `pulumi-cli/go.mod` pins the same. */
export const engineVersion = "3.232.0";

/** Official CLIs on PATH serve from this release on: it is the first with everything the project uses. */
export const oldestEngine = "3.200.0";

/** Orders two releases written `[v]major.minor.patch[-suffix]`: negative when the first is older. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [numbers(left), numbers(right)];
  for (const at of [0, 1, 2]) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): number[] {
  return version.trim().replace(/^v/, "").split(/[-+]/, 1)[0]!.split(".").map(Number);
}
