/** The name of the site, its pages, a search and the time control. */
import type { Frame } from './frame.ts'
import { Link, MomentFields } from './link.tsx'
import { TimeControl } from './time-control.tsx'

const NAVIGATION = [
  ['/', 'Models'],
  ['/changes', 'Changes'],
  ['/compare', 'Compare'],
  ['/providers', 'Providers'],
  ['/charts', 'Charts'],
  ['/cost', 'Cost'],
  ['/versions', 'Versions'],
  ['/status', 'Status'],
] as const

export function Header({ frame }: { frame: Frame }) {
  return (
    <header class="site">
      <div class="bar">
        <Link href="/" class="wordmark">
          <span aria-hidden="true" class="mark"></span>
          LLM Registry
        </Link>
        <Search frame={frame} />
        {frame.timeless ? null : <TimeControl frame={frame} />}
      </div>
      <nav aria-label="Pages">
        <ul>
          {NAVIGATION.map(([href, name]) => (
            <li>
              <Link href={href} current={isCurrent(frame.path, href)}>
                {name}
              </Link>
            </li>
          ))}
          <li>
            <a href="/docs" aria-current={frame.path === '/docs' ? 'page' : undefined}>
              API
            </a>
          </li>
        </ul>
      </nav>
    </header>
  )
}

/** The page itself, or the list that it belongs to. */
function isCurrent(path: string, href: string): boolean {
  if (href === '/') return path === '/' || path.startsWith('/models/')
  return path === href || path.startsWith(`${href}/`)
}

/** The list has a search of its own. */
function Search({ frame }: { frame: Frame }) {
  if (frame.path === '/') return null
  return (
    <search>
      <form action="/">
        <MomentFields />
        <input type="search" name="q" aria-label="Search models" placeholder="Search models" autocomplete="off" />
      </form>
    </search>
  )
}
