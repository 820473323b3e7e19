/**
 * A small replacement for `hono/jsx` in the script of the pages: renders elements to escaped HTML, with contexts.
 * Hono's own also renders into a document, and is larger than the rest of this script. Both must give the same HTML; a
 * test compares them.
 */

type Props = Record<string, unknown>
type Component = (props: Props) => unknown

export const Fragment = ({ children }: Props): unknown => children

/** An element that is rendered later, because the value of a context is set only inside its provider. */
class Element {
  readonly #tag: string | Component
  readonly #props: Props

  constructor(tag: string | Component, props: Props) {
    this.#tag = tag
    this.#props = props
  }

  toString(): string {
    const tag = this.#tag
    if (typeof tag === 'function') return render(tag(this.#props))
    const { children, ...attributes } = this.#props
    const opening = tag + Object.entries(attributes).map(attribute).join('')
    return VOID.has(tag) ? `<${opening}/>` : `<${opening}>${render(children)}</${tag}>`
  }
}

const VOID = new Set(['input', 'br', 'img', 'link', 'meta', 'hr', 'col', 'wbr'])

export function jsx(tag: string | Component, props: Props): unknown {
  return new Element(tag, props)
}

export { jsx as jsxs }

function render(node: unknown): string {
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (Array.isArray(node)) return node.map(render).join('')
  return node instanceof Element || node instanceof Scope ? node.toString() : escapeText(String(node))
}

function attribute([name, value]: [string, unknown]): string {
  if (value === null || value === undefined || value === false) return ''
  return value === true ? ` ${name}=""` : ` ${name}="${escapeText(String(value))}"`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)

interface Context {
  (props: Props): unknown
  value: unknown
}

export function createContext(value: unknown): Context {
  const context: Context = Object.assign((props: Props) => new Scope(context, props), { value })
  return context
}

export function useContext(context: Context): unknown {
  return context.value
}

/** The children of a context provider, rendered with its value. */
class Scope {
  readonly #context: Context
  readonly #props: Props

  constructor(context: Context, props: Props) {
    this.#context = context
    this.#props = props
  }

  toString(): string {
    const outer = this.#context.value
    this.#context.value = this.#props.value
    const html = render(this.#props.children)
    this.#context.value = outer
    return html
  }
}
