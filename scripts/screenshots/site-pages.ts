/** Every page of the registry, with a name and a path for which the sample and the open sources have content. */
export const SITE_PAGES = {
  models: '/',
  search: '/?capability=vision&minContextWindow=200000&sort=price',
  model: '/models/openai/gpt-4o',
  past: '/models/openai/gpt-4o?at=2025-08-31',
  changes: '/changes',
  compare: '/compare?m=openai/gpt-5&m=google/gemini-2.5-pro&m=anthropic/claude-opus-4-5',
  providers: '/providers',
  provider: '/providers/anthropic',
  versions: '/versions',
  charts: '/charts',
  cost: '/cost',
  status: '/status',
  login: '/login',
  missing: '/models/openai/gpt-nothing',
  docs: '/docs',
} as const

export type PageName = keyof typeof SITE_PAGES

/** A missing page is a page too. */
export const STATUS_OF: Partial<Record<PageName, number>> = { missing: 404 }

/** Elements that exist once the script of the page has run. */
export const DRAWN: Partial<Record<PageName, string>> = { docs: '#docs .opblock' }

export const WIDTHS = [360, 768, 1440] as const
export const SCHEMES = ['light', 'dark'] as const
