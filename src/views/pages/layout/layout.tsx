/** The document around every page: head, header with the time control, banner of a past moment, footer with the sources. */
import type { Child } from '../../jsx/jsx-runtime.ts'
import { textView, type View } from '../../view.ts'
import { withQuery } from '../format/paths.ts'
import { Footer } from './footer.tsx'
import type { Frame } from './frame.ts'
import { Header } from './header.tsx'
import { AskedContext } from './link.tsx'
import { PastBanner } from './time-control.tsx'

export interface PageContent {
  /** Of the page alone; the registry's name follows it. */
  title: string
  /** One sentence for search engines and previews. */
  description: string
  body: Child
  /** Not for search engines: problems, and the past. */
  unlisted?: boolean
}

export function renderPage(frame: Frame, content: PageContent): View {
  const html = `<!doctype html>\n${(<Document frame={frame} content={content} />).toString()}\n`
  // Encoding replaces what is not well-formed in what sources sent.
  return textView(html, 'text/html; charset=utf-8')
}

function Document({ frame, content }: { frame: Frame; content: PageContent }) {
  return (
    <html lang="en">
      <Head frame={frame} content={content} />
      <body>
        <AskedContext value={frame.moment?.asked}>
          <a class="skip" href="#content">
            Skip to content
          </a>
          <Header frame={frame} />
          <PastBanner frame={frame} />
          <main id="content">{content.body}</main>
          <Footer frame={frame} />
        </AskedContext>
      </body>
    </html>
  )
}

function Head({ frame, content: { title, description, unlisted } }: { frame: Frame; content: PageContent }) {
  const whole = title === SITE_NAME ? title : `${title} · ${SITE_NAME}`
  const canonical = frame.origin + withQuery(frame.path, frame.query)
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{whole}</title>
      <meta name="description" content={description} />
      {unlisted || frame.moment?.asked ? <meta name="robots" content="noindex" /> : null}
      <link rel="canonical" href={canonical} />
      <meta property="og:site_name" content={SITE_NAME} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={canonical} />
      <meta name="twitter:card" content="summary" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" type="image/svg+xml" href={frame.assets.icon} />
      <link rel="stylesheet" href={frame.assets.style} />
      <script type="module" src={frame.assets.script}></script>
    </head>
  )
}

export const SITE_NAME = 'LLM Registry'
