/** Every page, in the order in which they match. */
import type { Page } from './page.ts'

export const pages: readonly Page[] = [
  { path: '/', access: 'reader', load: async () => (await import('../routes/pages/list.ts')).listPage },
  {
    path: '/models/:provider/:value{[^]+}',
    access: 'reader',
    load: async () => (await import('../routes/pages/model.ts')).modelPage,
  },
  {
    path: '/columns/:version',
    access: 'reader',
    load: async () => (await import('../routes/pages/columns.ts')).columns,
  },
  { path: '/robots.txt', access: 'anyone', load: async () => (await import('../routes/pages/robots.ts')).robots },
  { path: '/sitemap.xml', access: 'reader', load: async () => (await import('../routes/pages/robots.ts')).sitemap },
  { path: '/assets/:file', access: 'anyone', load: async () => (await import('../routes/pages/assets.ts')).asset },
]
