/** The text without the list of these items: buttons stand for it. */
export function withoutList(text: string, items: string[]): string {
  return text
    .split('\n')
    .filter((line) => !items.includes(line.replace(/^- /, '')))
    .join('\n')
    .trimEnd();
}
