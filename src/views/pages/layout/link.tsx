/** Links inside the registry keep the moment that the page shows; links out of it are checked. */
import { type Child, createContext, useContext } from '../../jsx/jsx-runtime.ts'
import { type PageQuery, withQuery } from '../format/paths.ts'
import { type AskedMoment, momentQuery } from './frame.ts'

export const AskedContext = createContext<AskedMoment | undefined>(undefined)

interface LinkProps {
  href: string
  query?: PageQuery
  class?: string
  rel?: string
  /** "page": the link leads to the page that is shown. */
  current?: boolean
  label?: string
  hidden?: boolean
  children?: Child
}

export function Link({ href, query = [], current, label, children, ...rest }: LinkProps) {
  const asked = useContext(AskedContext)
  const target = withQuery(href, [...query, ...momentQuery(asked)])
  return (
    <a href={target} aria-current={current ? 'page' : undefined} aria-label={label} {...rest}>
      {children}
    </a>
  )
}

/** Hidden fields, so that a form stays at the moment that the page shows. */
export function MomentFields() {
  const asked = useContext(AskedContext)
  return asked ? <input type="hidden" name={asked.by} value={asked.text} /> : null
}

/** Sources send addresses: only those of the web become links. */
export function ExternalLink({ href, children }: { href: string; children?: Child }) {
  if (!/^https?:\/\//i.test(href)) return <>{children}</>
  return (
    <a href={href} rel="external noopener noreferrer nofollow">
      {children}
    </a>
  )
}
