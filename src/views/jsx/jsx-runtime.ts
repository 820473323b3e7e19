/**
 * Renders JSX to escaped HTML, as `hono/jsx` does for the elements of the pages, for the server and for the script. It does
 * only what the pages need, in one pass over strings: a page costs the Worker a third less by it, and the bundle has 28 KB
 * less, because Hono's also renders into a document and waits for promises. A test compares the two.
 */
import type { JSX as Hono } from 'hono/jsx'

/** What an element may contain. */
export type Child = JsxNode | string | number | boolean | null | undefined | readonly Child[]

type Component = (props: never) => Child
type Props = Record<string, unknown>

/** Rendered later than it is made, because the value of a context is set only inside its provider. */
abstract class JsxNode {
  abstract toString(): string
}

export declare namespace JSX {
  type Element = JsxNode
  type ElementType = string | Component
  interface ElementChildrenAttribute {
    children: Child
  }
  /** The types of Hono, which knows the attributes of HTML. */
  interface IntrinsicElements extends WithOwnChildren<Hono.IntrinsicElements> {
    /** Elements of SVG. */
    [tag: string]: object
  }
}

type WithOwnChildren<Elements> = {
  [Tag in keyof Elements as string extends Tag ? never : Tag]: Omit<Elements[Tag], 'children'> & { children?: Child }
}

export function jsx(tag: string | Component, props: object): JsxNode {
  return typeof tag === 'string' ? new Element(tag, props) : new Rendered(tag, props)
}

export { jsx as jsxDEV, jsx as jsxs }

export function Fragment({ children }: { children?: Child }): Child {
  return children
}

/** A component that provides a value to everything inside it. */
export interface Context<T> {
  (props: { value: T; children?: Child }): JsxNode
  current: T
}

export function createContext<T>(value: T): Context<T> {
  const provide = (props: { value: T; children?: Child }): JsxNode => new Scope(context, props.value, props.children)
  const context: Context<T> = Object.assign(provide, { current: value })
  return context
}

export function useContext<T>(context: Context<T>): T {
  return context.current
}

class Element extends JsxNode {
  readonly #tag: string
  readonly #props: object

  constructor(tag: string, props: object) {
    super()
    this.#tag = tag
    this.#props = props
  }

  override toString(): string {
    const tag = this.#tag
    const props = this.#props as Props // what was written as attributes, and the children
    let html = `<${tag}`
    for (const name in props) if (name !== 'children') html += attribute(name, props[name])
    return VOID.has(tag) ? `${html}/>` : `${html}>${render(props.children)}</${tag}>`
  }
}

class Rendered extends JsxNode {
  readonly #component: Component
  readonly #props: object

  constructor(component: Component, props: object) {
    super()
    this.#component = component
    this.#props = props
  }

  override toString(): string {
    return render(this.#component(this.#props as never)) // JSX checked them
  }
}

class Scope<T> extends JsxNode {
  readonly #context: Context<T>
  readonly #value: T
  readonly #children: Child

  constructor(context: Context<T>, value: T, children: Child) {
    super()
    this.#context = context
    this.#value = value
    this.#children = children
  }

  override toString(): string {
    const outer = this.#context.current
    this.#context.current = this.#value
    try {
      return render(this.#children)
    } finally {
      this.#context.current = outer
    }
  }
}

function render(node: unknown): string {
  if (typeof node === 'string') return escapeText(node)
  if (node instanceof JsxNode) return node.toString()
  if (Array.isArray(node)) return renderAll(node)
  return node === null || node === undefined || typeof node === 'boolean' ? '' : escapeText(String(node))
}

// A loop, because most of a page is lists, and a list of texts to join would be one more object for each.
function renderAll(nodes: readonly unknown[]): string {
  let html = ''
  for (const node of nodes) html += render(node)
  return html
}

function attribute(name: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean' && BOOLEAN.has(name)) return value ? ` ${name}=""` : ''
  return ` ${name}="${escapeText(String(value))}"`
}

/** Elements without content. */
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])

/** Attributes that are present or absent; of any other, true and false are values. */
const BOOLEAN = new Set([
  ...['async', 'autofocus', 'checked', 'default', 'defer', 'disabled', 'download', 'formnovalidate', 'hidden', 'inert'],
  ...['ismap', 'itemscope', 'loop', 'multiple', 'muted', 'nomodule', 'novalidate', 'open', 'readonly', 'required'],
  ...['reversed', 'selected'],
])

const SPECIAL = /[&<>"']/
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeText(text: string): string {
  // Most texts have nothing to escape.
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character) : text
}
