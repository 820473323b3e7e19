/** A text from elsewhere inside a line of Markdown: shown as it is, never as markup. */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>&|~#!]/g, '\\$&')
    .trim()
}
