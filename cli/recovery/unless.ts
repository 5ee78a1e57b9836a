/** The answer, or nothing where AWS answers with this error. */
export async function unless<T>(code: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name.startsWith(code)) return undefined;
    throw error;
  }
}
