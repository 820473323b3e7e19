/**
 * Content that few readers open, and that would make a page slow on a phone. A browser that runs scripts keeps it as text
 * until the script of the pages shows it; without scripts it is there at once.
 */
import type { Child } from '../../jsx/jsx-runtime.ts'

export function Folded({ children }: { children?: Child }) {
  return <noscript>{children}</noscript>
}
