/** The data that every page needs: its address, the time that it shows, and where its style and script are. */
import type { Attribution, VersionId } from '../../../core/schema/history.ts'
import type { PageQuery } from '../format/paths.ts'

/** The version that a page is of. */
export interface Moment extends VersionId {
  attribution: readonly Attribution[]
  /** How the reader named it; absent for the current version. */
  asked?: { by: 'at' | 'version'; text: string }
}

export interface PageAssets {
  style: string
  /** Of the page with Swagger UI. */
  docsStyle: string
  script: string
  icon: string
}

export interface Frame {
  /** Of the registry, for links that leave it. */
  origin: string
  path: string
  /** Without what names the version. */
  query: PageQuery
  /** Absent where no version can be read. */
  moment?: Moment
  assets: PageAssets
  /** Always of now, such as the status. */
  timeless?: true
  /** Read with a token only. */
  closed?: true
}

export type AskedMoment = NonNullable<Moment['asked']>

/** What keeps a link at the same moment. */
export function momentQuery(asked: AskedMoment | undefined): PageQuery {
  return asked ? [[asked.by, asked.text]] : []
}
