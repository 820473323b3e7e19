import * as fc from 'fast-check'
import type * as hono from 'hono/jsx'
import { Fragment as HonoFragment, jsx as honoJsx } from 'hono/jsx/jsx-runtime'
import { describe, expect, it } from 'vitest'
import { type Child, createContext, Fragment, jsx, useContext } from '../../../src/views/jsx/jsx-runtime.ts'

type Attribute = string | number | boolean | null | undefined
/** What JSX makes, before either runtime renders it. */
type Tree = string | number | boolean | null | undefined | Tree[] | Made
interface Made {
  /** Without a tag, it is a fragment. With `isComponent`, it is made by a component. */
  tag?: string
  isComponent?: boolean
  attributes?: Record<string, Attribute>
  children?: Tree
}

const text = fc.oneof(fc.constantFrom(`"><script>alert('1')</script>&amp;`, '', 'One', '\u{1f600} ü'), fc.string())
const flag = fc.boolean()
const anyAttributes: fc.Arbitrary<Record<string, Attribute>> = fc.record(
  {
    ...{ class: fc.option(text, { nil: undefined }), href: text, 'aria-label': text, 'data-columns': text },
    ...{ value: fc.oneof(text, fc.integer()), title: fc.constant(null) },
    ...{ checked: flag, hidden: flag, open: flag, selected: flag, 'aria-hidden': flag, spellcheck: flag },
    ...{ viewBox: fc.constant('0 -4 10 10'), 'stroke-width': fc.double({ noNaN: true }) },
  },
  { requiredKeys: [] },
)
const { tree } = fc.letrec<{ tree: Tree; made: Made }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(text, fc.integer(), flag, fc.constant(null), fc.constant(undefined)),
    tie('made'),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
  made: fc.oneof(
    fc.record({
      tag: fc.constantFrom('p', 'a', 'td', 'select', 'option', 'details', 'path', 'main'),
      isComponent: flag,
      attributes: anyAttributes,
      children: tie('tree'),
    }),
    fc.record({ tag: fc.constantFrom('input', 'br', 'link', 'meta', 'img'), attributes: anyAttributes }),
    // Hono renders a lone boolean in an SVG as a text, and a lone 0 in a fragment not at all.
    fc.record({ tag: fc.constant('svg'), attributes: anyAttributes, children: fc.tuple(fc.constant(''), tie('tree')) }),
    fc.record({ children: fc.tuple(fc.constant(''), tie('tree')) }),
  ),
}))

function ours(node: Tree): Child {
  if (Array.isArray(node)) return node.map(ours)
  if (typeof node !== 'object' || node === null) return node
  const { tag, isComponent, attributes } = node
  const props = 'children' in node ? { ...attributes, children: ours(node.children) } : { ...attributes }
  const make = () => jsx(tag ?? Fragment, props)
  return isComponent ? jsx(make, {}) : make()
}

function theirs(node: Tree): hono.Child {
  if (Array.isArray(node)) return node.map(theirs)
  if (typeof node !== 'object' || node === null) return node
  const { tag, isComponent, attributes } = node
  const props = 'children' in node ? { ...attributes, children: theirs(node.children) } : { ...attributes }
  const make = () => honoJsx(tag ?? HonoFragment, props, undefined)
  return isComponent ? honoJsx(make, {}, undefined) : make()
}

describe('jsx()', () => {
  it('renders the same HTML as the runtime of Hono', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const [own, known] = [jsx('div', { children: ours(node) }), { children: theirs(node) }]
        expect(own.toString()).toBe(String(honoJsx('div', known, undefined)))
      }),
      { numRuns: 500 },
    )
  })

  it('escapes texts and attributes', () => {
    const html = jsx('a', { title: `"'`, children: ['<b>', ' & '] }).toString()
    expect(html).toBe('<a title="&quot;&#39;">&lt;b&gt; &amp; </a>')
  })
})

describe('createContext()', () => {
  const Name = createContext('none')
  const Shown = () => useContext(Name)
  const shown = () => jsx(Shown, {})

  it('provides a value inside its provider only', () => {
    const inner = jsx(Name, { value: 'b', children: shown() })
    const outer = jsx(Name, { value: 'a', children: [shown(), inner, shown()] })
    expect(jsx('p', { children: [shown(), outer, shown()] }).toString()).toBe('<p>noneabanone</p>')
  })

  it('restores the value if rendering fails', () => {
    const broken = jsx(() => {
      throw new Error('broken')
    }, {})
    expect(() => jsx(Name, { value: 'a', children: broken }).toString()).toThrow('broken')
    expect(shown().toString()).toBe('none')
  })
})
